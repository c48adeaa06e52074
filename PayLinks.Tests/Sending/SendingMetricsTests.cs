using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Sending;

/// <summary>What whoever runs PayLinks sees of messages and their providers, and is called for.</summary>
public sealed class SendingMetricsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync(Hosts.ApiAndSandbox);

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task Attempts_outcomes_waits_and_providers_are_shown_by_channel_lane_and_class()
    {
        await _bench.Sandbox.FailAsync("sendgrid", "sendMail", "500");
        var unknown = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        await _bench.QueueSmsAsync();
        await _bench.QueueSmsAsync("+15005550009");
        await _bench.QueueSmsAsync("+15005550003");
        await _bench.QueueSmsAsync("+393470000003");
        // As a process of its own: meters of one name in one process end each other's series.
        var arguments = _bench.WorkerArguments;
        using var worker = HostProcess.Start("PayLinks.Worker", arguments);
        var port = arguments.Single(one => one.StartsWith("--ManagementPort=", StringComparison.Ordinal)).Split('=')[1];
        var metrics = $"http://127.0.0.1:{port}/metrics";
        await Eventually.SeesAsync(
            () => _bench.StatusOfAsync(unknown), status => status == "unknown", "the email is unknown", Patience);
        // Due, and not to be paid for today.
        await _bench.Database.ExecuteAsync("update merchant set sms_segments_per_day = 1");
        await _bench.QueueSmsAsync();

        using var http = new HttpClient();
        string[][] expected =
        [
            ["paylinks_messages_attempts_total", "channel=\"sms\"", "status=\"accepted\"", "class=\"none\""],
            ["paylinks_messages_attempts_total", "channel=\"sms\"", "status=\"failed\"", "class=\"mend\""],
            ["paylinks_messages_attempts_total", "channel=\"sms\"", "status=\"queued\"", "class=\"configuration\""],
            ["paylinks_messages_attempts_total", "channel=\"email\"", "status=\"unknown\"", "class=\"none\""],
            ["paylinks_messages_outcomes_total", "channel=\"sms\"", "status=\"delivered\"", "class=\"none\""],
            ["paylinks_messages_outcomes_total", "status=\"undelivered\"", "class=\"otherchannel\""],
            ["paylinks_messages_wait_milliseconds_bucket", "channel=\"sms\"", "lane=\"api\"", "le=\"15000\"", "} 2"],
            ["paylinks_messages_oldest_due_seconds", "channel=\"sms\"", "lane=\"api\""],
            ["paylinks_messages_unknown", "channel=\"email\"", "} 1"],
            ["paylinks_messages_unknown", "channel=\"sms\"", "} 0"],
            ["paylinks_messages_oldest_unknown_seconds", "channel=\"email\""],
            ["paylinks_provider_breaker", "provider=\"twilio\"", "} 0"],
            ["paylinks_provider_down", "provider=\"mollie\"", "} 0"],
        ];
        await Eventually.SeesAsync(
            async () =>
            {
                var lines = (await http.GetStringAsync(metrics)).Split('\n');
                return string.Join("; ", expected.Where(parts => !lines.Any(line =>
                    line.StartsWith(parts[0] + "{", StringComparison.Ordinal)
                    && parts.Skip(1).All(part => line.Contains(part, StringComparison.Ordinal))))
                    .Select(parts => string.Join(' ', parts)));
            },
            missing => missing.Length == 0, "everything is shown", Patience);
    }

    [Test]
    public async Task Who_runs_PayLinks_is_called_once_a_minute_for_each_cause()
    {
        for (var i = 0; i < 3; i++)
        {
            await _bench.QueueSmsAsync("+15005550003");
            await _bench.QueueSmsAsync("+15005550009");
        }

        await _bench.DeliverAsync();

        Assert.That(
            _bench.Logs.Errors.Where(line => line.Contains("mend something", StringComparison.Ordinal)).ToList(),
            Has.Count.EqualTo(1).And.All.Contains("provider_setup"));
    }
}
