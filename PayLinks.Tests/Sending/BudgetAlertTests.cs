using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Sending;

/// <summary>A merchant hears once that most of the day's texts are used.</summary>
public sealed class BudgetAlertTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task Four_fifths_of_the_budget_are_told_once_by_email()
    {
        await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        await UseAsync(799);
        await _bench.RunAsync<AlertBudgets>();
        Assert.That(await NoticesAsync(), Is.Empty, "a segment less than four fifths");

        await UseAsync(800);
        await _bench.RunAsync<AlertBudgets>();
        await UseAsync(1000);
        await _bench.RunAsync<AlertBudgets>();

        Assert.That(await NoticesAsync(), Is.EqualTo(new[] { "orders@example.test queued" }));
        await _bench.DeliverAsync(MessageChannel.Email);
        var email = (await _bench.Sandbox.MessagesAsync()).Single(message => message.Channel == "email");
        Assert.That(email.Subject, Does.Contain("SMS di oggi: usati al 100 %"));
        Assert.That(email.Text, Does.Contain("1.000 / 1.000").And.Contain("/settings/sending"));
    }

    [Test]
    public async Task Workers_at_once_tell_it_once()
    {
        await _bench.QueueSmsAsync();
        await UseAsync(900);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Bench.RunAsync(_bench.Make<AlertBudgets>())));

        Assert.That(await NoticesAsync(), Has.Count.EqualTo(1));
        Assert.That(
            await _bench.Database.ReadAsync<int>("select count(*)::int from sms_day where alerted_at is not null"),
            Is.EqualTo(1));
    }

    [Test]
    public async Task Each_day_is_told_of_anew_and_old_days_no_more()
    {
        await _bench.QueueSmsAsync();
        await UseAsync(900, daysAgo: 3);
        await _bench.RunAsync<AlertBudgets>();
        Assert.That(await NoticesAsync(), Is.Empty);

        await UseAsync(900);
        await _bench.RunAsync<AlertBudgets>();
        await _bench.MoveClockAsync(TimeSpan.FromDays(1));
        await UseAsync(900);
        await _bench.RunAsync<AlertBudgets>();

        Assert.That(await NoticesAsync(), Has.Count.EqualTo(2));
    }

    private Task<int> UseAsync(int segments, int daysAgo = 0) => _bench.Database.ExecuteAsync(
        """
        update merchant set sms_segments_per_day = 1000;
        insert into sms_day (merchant_id, day, segments)
        select id, (paylinks_now() at time zone time_zone)::date - @daysAgo, @segments from merchant
        on conflict (merchant_id, day) do update set segments = excluded.segments
        """,
        new { segments, daysAgo });

    private Task<IReadOnlyList<string>> NoticesAsync() => _bench.Database.QueryAsync<string>(
        "select recipient || ' ' || status from message where purpose = 'notice' and sms_day is not null order by id");
}
