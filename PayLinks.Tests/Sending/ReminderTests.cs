using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Sending;

/// <summary>
/// A customer who has got a link and not paid is reminded: by day, once, and not after the link has ended.
/// </summary>
public sealed class ReminderTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.Database.GoToHourAsync(10);
    }

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase(MessageChannel.Sms)]
    [TestCase(MessageChannel.Email)]
    public async Task A_reminder_comes_once_by_the_way_the_link_came(MessageChannel channel)
    {
        var link = await SendAsync(channel);

        await RemindAsync();
        Assert.That(await RemindersAsync(link), Is.Zero, "not before its time");
        await _bench.Database.MoveClockAsync(TimeSpan.FromDays(2));
        await RemindAsync();
        await RemindAsync();
        await _bench.DeliverAsync(channel);

        Assert.That(await RemindersAsync(link), Is.EqualTo(1));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(2));
        Assert.That(await IsScheduledAsync(link), Is.False, "one is the default");
        Assert.That(
            await _bench.EventsOfLinkAsync(link),
            Is.EqualTo(new[] { "link.created", "link.sent", "link.reminded", "link.sent" }));
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select channel || ' ' || lane from message where purpose = 'reminder'"),
            Is.EqualTo($"{channel.ToText()} 4"));
    }

    [Test]
    public async Task A_merchant_may_wish_for_three()
    {
        await _bench.Database.ExecuteAsync(
            "update merchant set remind_before = '{48 hours,24 hours,20 hours}'");
        var link = await SendAsync();

        var seen = new List<long>();
        for (var hours = 0; hours < 72; hours += 3)
        {
            await RemindAsync();
            seen.Add(await RemindersAsync(link));
            await _bench.Database.MoveClockAsync(TimeSpan.FromHours(3));
        }

        Assert.That(seen[^1], Is.EqualTo(3));
        Assert.That(seen.IndexOf(1) * 3, Is.EqualTo(24).Within(3));
        Assert.That(await IsScheduledAsync(link), Is.False);
    }

    [Test]
    public async Task A_reminder_that_is_due_at_night_waits_for_the_morning()
    {
        var link = await SendAsync();
        await _bench.Database.ExecuteAsync("update link set expires_at = expires_at + interval '1 day'");
        await _bench.Database.GoToHourAsync(23);
        await MakeDueAsync();

        await RemindAsync();
        Assert.That(await RemindersAsync(link), Is.Zero);
        await _bench.Database.GoToHourAsync(9);
        await RemindAsync();

        Assert.That(await RemindersAsync(link), Is.EqualTo(1));
    }

    [Test]
    public async Task A_reminder_that_waited_in_the_queue_until_night_waits_on()
    {
        var link = await _bench.NewLinkAsync();
        var reminder = await _bench.QueueAsync(link, purpose: MessagePurpose.Reminder);
        var invitation = await _bench.QueueAsync(link);
        await _bench.Database.GoToHourAsync(22);

        await _bench.DeliverAsync();
        Assert.That(await _bench.StatusOfAsync(reminder), Is.EqualTo("queued"));
        Assert.That(await _bench.StatusOfAsync(invitation), Is.EqualTo("accepted"), "a link is sent at any hour");
        await _bench.Database.GoToHourAsync(9);
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(reminder), Is.EqualTo("accepted"));
    }

    [TestCase(LinkStatus.Paid)]
    [TestCase(LinkStatus.Canceled)]
    [TestCase(LinkStatus.Expired)]
    public async Task A_link_that_has_ended_is_not_reminded_of(LinkStatus status)
    {
        var link = await SendAsync();
        await using (var transaction = await _bench.Database.App.BeginAsync(_bench.MerchantId))
        {
            await transaction.RecordAsync(new NewEvent(link, $"link.{status.ToText()}", "worker")
            {
                Link = (LinkStatus.Open, status),
            });
            await transaction.CommitAsync();
        }

        Assert.That(await IsScheduledAsync(link), Is.False);
        await MakeDueAsync();
        await RemindAsync();
        Assert.That(await RemindersAsync(link), Is.Zero);
    }

    [Test]
    public async Task A_link_that_nobody_got_is_not_reminded_of()
    {
        var link = await _bench.NewLinkAsync();
        await _bench.QueueAsync(link);
        await MakeDueAsync();

        await RemindAsync();

        Assert.That(await RemindersAsync(link), Is.Zero);
        Assert.That(await IsScheduledAsync(link), Is.True, "somebody may still get it");
    }

    [Test]
    public async Task Who_opted_out_is_not_reminded()
    {
        var link = await SendAsync(MessageChannel.Email);
        await _bench.OptOutAsync(MessageChannel.Email, Bench.Address);
        await MakeDueAsync();

        await RemindAsync();

        Assert.That(await RemindersAsync(link), Is.Zero);
    }

    [Test]
    public async Task In_the_last_hour_it_is_too_late()
    {
        var link = await SendAsync();
        await _bench.Database.ExecuteAsync("update link set expires_at = paylinks_now() + interval '50 minutes'");
        await MakeDueAsync();

        await RemindAsync();

        Assert.That(await RemindersAsync(link), Is.Zero);
        Assert.That(await IsScheduledAsync(link), Is.False);
    }

    [Test]
    public async Task A_link_that_is_extended_while_its_reminder_is_leased_is_reminded_of_later()
    {
        var link = await SendAsync();
        await MakeDueAsync();
        await _bench.Database.ExecuteAsync(
            """
            create function extend() returns trigger language plpgsql as
                $$ begin new.remind_at := new.remind_at + interval '5 days'; return new; end $$;
            create trigger extend before update on link for each row
                when (new.remind_at is distinct from old.remind_at) execute function extend()
            """);
        await _bench.Database.ExecuteAsync("select lease_reminders(10, interval '13 seconds')");
        await RemindAsync();

        Assert.That(await RemindersAsync(link), Is.Zero);
        Assert.That(await IsScheduledAsync(link), Is.True);
    }

    [Test]
    public async Task Workers_that_come_together_remind_once()
    {
        var links = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            links.Add(await _bench.NewLinkAsync());
            await _bench.QueueAsync(links[^1], MessageChannel.Email);
        }

        await _bench.DeliverAsync(MessageChannel.Email);
        await MakeDueAsync();
        var workers = Enumerable.Range(0, 3).Select(_ => _bench.Make<Remind>()).ToList();
        await Task.WhenAll(workers.Concat(workers).Select(worker => worker.RunOnceAsync(CancellationToken.None)));
        await Task.WhenAll(workers.Select(worker => ((Worker.IJob)worker).FinishAsync()));
        await RemindAsync();
        await RemindAsync();

        Assert.That(
            await _bench.Database.QueryAsync<Guid>("select link_id from message where purpose = 'reminder'"),
            Is.EquivalentTo(links));
    }

    // A day before the expiry, as the API would have it.
    private async Task<Guid> SendAsync(MessageChannel channel = MessageChannel.Sms)
    {
        var link = await _bench.NewLinkAsync(lifetime: Lifetime);
        await _bench.QueueAsync(link, channel);
        await _bench.DeliverAsync(channel);
        await _bench.Database.ExecuteAsync(
            "update link set remind_at = expires_at - (select remind_before[1] from merchant) where id = @link",
            new { link });
        return link;
    }

    private Task<bool> RemindAsync() => _bench.RunAsync<Remind>();

    private Task<int> MakeDueAsync() => _bench.Database.ExecuteAsync("update link set remind_at = paylinks_now()");

    private Task<long> RemindersAsync(Guid link) => _bench.Database.ReadAsync<long>(
        "select count(*) from message where link_id = @link and purpose = 'reminder'", new { link });

    private Task<bool> IsScheduledAsync(Guid link) => _bench.Database.ReadAsync<bool>(
        "select remind_at is not null from link where id = @link", new { link });

    // The next time that it is so late in Rome.
}
