using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Sending;

/// <summary>Who goes first, how fast, and how much in a day.</summary>
public sealed class PaceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestDatabase _database = null!;
    private MessageQueue _queue = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _queue = new MessageQueue(_database);
    }

    [TearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [TestCase("+390612345678", 1)]
    [TestCase("FERRAMENTA", 10)]
    public async Task A_desk_message_overtakes_a_mailing_of_ten_thousand(string sender, int perSecond)
    {
        var merchant = await _queue.AddMerchantAsync(sender);
        await _queue.AddAsync(merchant, 10_000, MessageLane.Mailing);
        var (first, againIn) = await _queue.LeaseAsync();
        await _queue.AddAsync(merchant, 1, MessageLane.Desk);

        await _database.MoveClockAsync(Second / perSecond);
        var next = await _queue.LeaseAsync(batch: 1);

        Assert.That(first, Has.Count.EqualTo(perSecond), "no more than a second's worth at once");
        Assert.That(againIn, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(Second / perSecond));
        Assert.That(next.Leased, Has.Count.EqualTo(1));
        Assert.That(
            await _database.ReadAsync<string>("select status from message where lane = 0"), Is.EqualTo("sending"));
    }

    [Test]
    public async Task Lanes_come_before_age_and_age_before_chance()
    {
        var merchant = await _queue.AddMerchantAsync("FERRAMENTA", perSecond: 1000);
        foreach (var lane in new[] { MessageLane.Reminder, MessageLane.Mailing, MessageLane.Api, MessageLane.Desk })
        {
            await _queue.AddAsync(merchant, 3, lane);
        }

        var order = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var id = (await _queue.LeaseAsync(batch: 1)).Leased.Single().Id;
            order.Add(await _database.ReadAsync<string>(
                """
                select lane || '-' || place
                from (select id, lane, row_number() over (partition by lane order by due_at) as place from message) m
                where id = @id
                """,
                new { id }));
        }

        Assert.That(order, Is.EqualTo(order.Order(StringComparer.Ordinal)).And.Unique);
    }

    [Test]
    public async Task Two_workers_keep_every_kind_of_sender_at_its_pace_for_a_minute()
    {
        var senders = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["+390612345678"] = 1,
            ["FERRAMENTA"] = 10,
            ["48383"] = 30,
            ["MG" + new string('a', 32)] = 10,
        };
        var merchants = new Dictionary<Guid, int>();
        foreach (var (sender, rate) in senders)
        {
            var merchant = await _queue.AddMerchantAsync(sender);
            await _queue.AddAsync(merchant, rate * 120, MessageLane.Mailing);
            merchants.Add(merchant, rate);
        }

        var began = await NowAsync();
        for (var i = 0; i < 120; i++)
        {
            await Task.WhenAll(_queue.LeaseAsync(), _queue.LeaseAsync());
            await _database.MoveClockAsync(Second / 2);
        }

        var lasted = await NowAsync() - began;
        foreach (var (merchant, rate) in merchants)
        {
            var most = (rate * lasted.TotalSeconds) + rate;
            Assert.That(
                await _queue.CountAsync(merchant, "sending"),
                Is.LessThanOrEqualTo(most).And.GreaterThanOrEqualTo(59 * rate), $"{rate} a second");
        }
    }

    [Test]
    public async Task Merchants_that_share_a_sender_share_its_pace()
    {
        var one = await _queue.AddMerchantAsync("FERRAMENTA");
        var other = await _queue.AddMerchantAsync("FERRAMENTA");
        await _queue.AddAsync(one, 50);
        await _queue.AddAsync(other, 50, MessageLane.Desk);

        var began = await NowAsync();
        var leases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _queue.LeaseAsync()));

        var most = 10 + (10 * (await NowAsync() - began).TotalSeconds);
        Assert.That(leases.Sum(lease => lease.Leased.Count), Is.GreaterThanOrEqualTo(10).And.LessThanOrEqualTo(most));
        Assert.That(await _queue.CountAsync(one, "sending"), Is.Zero, "the desk goes first");
    }

    [Test]
    public async Task A_text_of_three_segments_takes_the_time_of_three()
    {
        var merchant = await _queue.AddMerchantAsync("+390612345678");
        await _queue.AddAsync(merchant, 3, segments: 3);

        var times = new List<TimeSpan?>();
        for (var i = 0; i < 3; i++)
        {
            var (leased, againIn) = await _queue.LeaseAsync();
            Assert.That(leased, Has.Count.EqualTo(1));
            times.Add(againIn);
            await _database.MoveClockAsync(TimeSpan.FromSeconds(3));
        }

        Assert.That(times, Is.EqualTo(new TimeSpan?[] { 3 * Second, 3 * Second, null }));
    }

    [Test]
    public async Task A_merchant_may_say_what_its_sender_carries()
    {
        var merchant = await _queue.AddMerchantAsync("+390612345678", perSecond: 25);
        await _queue.AddAsync(merchant, 100);

        Assert.That((await _queue.LeaseAsync()).Leased, Has.Count.EqualTo(25));
    }

    [Test]
    public async Task A_sender_that_must_wait_and_a_budget_that_is_used_up_hold_up_nobody_else()
    {
        var slow = await _queue.AddMerchantAsync("+390612345678");
        var used = await _queue.AddMerchantAsync("ESAURITA", budget: 1);
        await _queue.AddAsync(slow, 1000, MessageLane.Desk);
        await _queue.AddAsync(used, 1000, MessageLane.Desk);
        await _queue.LeaseAsync();
        var quick = await _queue.AddMerchantAsync("FERRAMENTA");
        await _queue.AddAsync(quick, 5, MessageLane.Reminder);

        await _queue.LeaseAsync();

        Assert.That(await _queue.CountAsync(quick, "sending"), Is.EqualTo(5));
        Assert.That(await _queue.CountAsync(slow, "sending"), Is.LessThanOrEqualTo(2));
        Assert.That(await _queue.CountAsync(used, "sending"), Is.EqualTo(1));
    }

    [Test]
    public async Task Email_keeps_no_pace()
    {
        var merchant = await _queue.AddMerchantAsync("+390612345678");
        await _queue.AddAsync(merchant, 100, channel: "email");

        Assert.That((await _queue.LeaseAsync("email")).Leased, Has.Count.EqualTo(64));
        Assert.That((await _queue.LeaseAsync("email")).Leased, Has.Count.EqualTo(36));
        Assert.That(await _queue.SegmentsOfDayAsync(merchant), Is.Zero);
    }

    [Test]
    public async Task A_budget_is_not_passed_by_one_segment_however_many_lease()
    {
        var merchant = await _queue.AddMerchantAsync("FERRAMENTA", perSecond: 7, budget: 50);
        await _queue.AddAsync(merchant, 100, segments: 3);

        for (var i = 0; i < 20; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _queue.LeaseAsync()));
            await _database.MoveClockAsync(2 * Second);
        }

        Assert.That(await _queue.SegmentsOfDayAsync(merchant), Is.EqualTo(48));
        Assert.That(await _queue.CountAsync(merchant, "sending"), Is.EqualTo(16));
        Assert.That((await _queue.LeaseAsync()).AgainIn, Is.Null, "there is nothing to come back for today");
    }

    [TestCase("Europe/Rome")]
    [TestCase("Pacific/Auckland")]
    public async Task What_is_over_a_budget_goes_out_on_the_merchants_next_day(string zone)
    {
        var merchant = await _queue.AddMerchantAsync("FERRAMENTA", budget: 4, zone: zone);
        await _database.MoveClockAsync(await ToAMidnightAsync(zone) - TimeSpan.FromMinutes(10));
        await _queue.AddAsync(merchant, 10);

        Assert.That((await _queue.LeaseAsync()).Leased, Has.Count.EqualTo(4));
        Assert.That((await _queue.LeaseAsync()).Leased, Is.Empty);
        await _database.MoveClockAsync(TimeSpan.FromMinutes(10));

        Assert.That((await _queue.LeaseAsync()).Leased, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Trying_again_costs_no_budget()
    {
        var merchant = await _queue.AddMerchantAsync("FERRAMENTA", budget: 2);
        await _queue.AddAsync(merchant, 3);
        await _queue.LeaseAsync();
        await _database.ExecuteAsync(
            "update message set status = 'queued', lease_until = null where status = 'sending'");

        Assert.That((await _queue.LeaseAsync()).Leased, Has.Count.EqualTo(2), "those that were counted");
        Assert.That(await _queue.SegmentsOfDayAsync(merchant), Is.EqualTo(2));
    }

    [Test]
    public async Task What_cannot_be_paid_is_in_nobodys_way()
    {
        var merchant = await _queue.AddMerchantAsync("+390612345678");
        await _queue.AddAsync(merchant, 3);
        await _database.ExecuteAsync("update link set status = 'canceled', canceled_at = now()");
        var other = await _queue.AddMerchantAsync("+390612345678");
        await _queue.AddAsync(other);

        var passes = new List<(IReadOnlyList<LeasedRow> Leased, TimeSpan? AgainIn)>();
        do
        {
            passes.Add(await _queue.LeaseAsync());
        }
        while (passes.Count < 4 && passes[^1].AgainIn == TimeSpan.Zero);

        Assert.That(passes.Sum(pass => pass.Leased.Count), Is.EqualTo(1));
        Assert.That(await _queue.CountAsync(other, "sending"), Is.EqualTo(1));
        Assert.That(await _queue.CountAsync(merchant, "queued"), Is.EqualTo(3), "whoever ended the link takes it back");
    }

    private Task<DateTimeOffset> NowAsync() => _database.ReadAsync<DateTimeOffset>("select paylinks_now()");

    // The one after the next, so that ten minutes before it are ahead at any hour.
    private Task<TimeSpan> ToAMidnightAsync(string zone) => _database.ReadAsync<TimeSpan>(
        "select (date_trunc('day', now() at time zone @zone) + interval '2 days') at time zone @zone - now()",
        new { zone });
}
