using System.Diagnostics;
using PayLinks.Core.Database;

namespace PayLinks.Tests.Sending;

/// <summary>The worker as it runs: woken, polling, and stopped.</summary>
public sealed class RunningWorkerTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_text_is_sent_without_anybody_waking_the_worker()
    {
        await _bench.StartWorkerAsync();
        var message = await _bench.QueueSmsAsync();

        await BecomesAsync(message, "accepted");
    }

    [Test]
    public async Task A_woken_worker_does_not_wait_for_its_next_look()
    {
        await _bench.DisposeAsync();
        _bench = await Bench.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Sending:EveryMilliseconds"] = "60000",
        });
        await _bench.StartWorkerAsync();
        var message = await _bench.QueueSmsAsync();

        // The listener may still be connecting, so the word is said again until it was heard.
        await Eventually.IsTrueAsync(
            async () =>
            {
                await _bench.Database.ExecuteAsync(
                    "select pg_notify(@Channel, @Word)",
                    new { Channel = Wakeups.WorkChannel, Word = Wakeups.Messages });
                return await _bench.StatusOfAsync(message) == "accepted";
            },
            "the message was sent");
    }

    [Test]
    public async Task A_worker_comes_back_when_the_sender_may_go_on()
    {
        await _bench.DisposeAsync();
        _bench = await Bench.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Sending:EveryMilliseconds"] = "60000",
        });
        for (var i = 0; i < 15; i++)
        {
            await _bench.QueueSmsAsync();
        }

        await _bench.StartWorkerAsync();

        // Ten at once, and one each tenth of a second: nobody wakes it, and its next look is a minute away.
        await Eventually.SeesAsync(_bench.Sandbox.MessagesAsync, messages => messages.Count == 15, "all were sent");
    }

    [Test]
    public async Task A_text_that_twice_failed_at_Twilio_is_there_once_within_seconds()
    {
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "500", count: 2);
        await _bench.StartWorkerAsync();
        var message = await _bench.QueueSmsAsync();

        await BecomesAsync(message, "accepted");

        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_stop_finishes_what_a_provider_is_answering_and_leaves_the_rest()
    {
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "slow", seconds: 2);
        await _bench.StartWorkerAsync();
        var message = await _bench.QueueSmsAsync();
        await BecomesAsync(message, "sending");
        var started = Stopwatch.GetTimestamp();

        await _bench.StopWorkerAsync();

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        var later = await _bench.QueueSmsAsync();
        Assert.That(await _bench.StatusOfAsync(later), Is.EqualTo("queued"));
    }

    [TestCase("/healthz", "Healthy")]
    [TestCase("/readyz", "Healthy")]
    [TestCase("/metrics", "paylinks_messages_attempts_total")]
    public async Task The_management_port_tells_how_it_is(string path, string words)
    {
        await _bench.StartWorkerAsync();
        await BecomesAsync(await _bench.QueueSmsAsync(), "accepted");
        using var http = new HttpClient();

        Assert.That(await http.GetStringAsync(_bench.ManagementUrl(path)), Does.Contain(words));
    }

    private Task<string> BecomesAsync(Guid message, string status) =>
        Eventually.SeesAsync(() => _bench.StatusOfAsync(message), seen => seen == status, $"the message is {status}");
}
