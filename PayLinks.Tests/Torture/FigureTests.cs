using System.Diagnostics;
using System.Net;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>
/// What docs/reliability.md counts: small counts each time, the large ones by hand. The three ledgers are compared when
/// the system ends.
/// </summary>
public sealed class FigureTests
{
    private const int AtOnce = 16;

    private TestSystem _system = null!;
    private Shop _shop = null!;

    [SetUp]
    public async Task Start()
    {
        _system = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);
        _shop = new Shop(_system, patience: TimeSpan.FromMinutes(1));
    }

    [TearDown]
    public async Task Stop()
    {
        _shop.Dispose();
        await _system.DisposeAsync();
    }

    [Test]
    public async Task Two_devices_that_pay_at_once_pay_once()
    {
        var races = Counts.Of("RACES", usually: 30);
        await ForAsync(races, async _ =>
        {
            var link = await _shop.CreateAsync();
            var payments = await Task.WhenAll(_shop.PayAsync(link), _shop.PayAsync(link));
            await Task.WhenAll(payments.OfType<string>().Distinct().Select(id => _shop.AtBankAsync(id, "paid")));
            await _shop.WaitAsync(link, "paid", seen => seen.Status == "paid");
        });

        await _system.CheckLedgersAsync();
        await AssertEachSettledOnceAsync(races);
    }

    [Test]
    public async Task Who_pays_with_two_cards_has_one_given_back_within_a_minute()
    {
        var races = Counts.Of("RACES", usually: 20);
        await ForAsync(races, async _ =>
        {
            var link = await _shop.CreateAsync();
            var first = await _shop.PayAsync(link);
            await _shop.SetAsideAsync(link);
            var second = await _shop.PayAsync(link);
            await Task.WhenAll(_shop.AtBankAsync(first!, "paid"), _shop.AtBankAsync(second!, "paid"));
            await _shop.WaitAsync(link, "paid and its surplus on its way back", seen => seen.Status == "paid"
                && seen.Refunds.Any(refund => refund.Status is not "requested" and not "creating"));
        });

        await _system.CheckLedgersAsync();
        await AssertEachSettledOnceAsync(races);
        Assert.That(
            await _system.Database.ReadAsync<TimeSpan>(
                """
                select coalesce(max(e.created_at - r.created_at), interval '1 day')
                from refund r join event e on e.refund_id = r.id and e.refund_to in ('queued', 'pending', 'processing')
                where r.cause = 'surplus'
                """),
            Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [TestCase("createPayment")]
    [TestCase("createRefund")]
    public async Task An_error_after_the_effect_makes_nothing_twice(string operation)
    {
        var times = Counts.Of("EFFECTS", usually: 20);
        await ForAsync(times, async _ =>
        {
            // Garbled answers come after the effect as well, and no breaker minds them.
            await _system.Sandbox.FailAsync("mollie", operation, "garbled");
            var link = await _shop.CreateAsync();
            await _shop.AtBankAsync((await _shop.PayAsync(link))!, "paid");
            await _shop.WaitAsync(link, "paid", seen => seen.Status == "paid");
            Assert.That(await _shop.RefundAsync(link), Is.EqualTo(HttpStatusCode.Created));
        });

        await _system.CheckLedgersAsync(TimeSpan.FromMinutes(2));
        Assert.That(await _system.Sandbox.PaymentsAsync(), Has.Count.EqualTo(times));
        Assert.That(await _system.Sandbox.RefundsAsync(), Has.Count.EqualTo(times));
        await AssertEachSettledOnceAsync(times);
    }

    [Test]
    public async Task Callbacks_stale_doubled_shuffled_and_forged_change_nothing_and_are_taken_at_once()
    {
        var callbacks = Counts.Of("CALLBACKS", usually: 1000);
        var link = await _shop.CreateAsync();
        var payment = (await _shop.PayAsync(link))!;
        var hook = (await _system.Sandbox.PaymentsAsync()).Single().WebhookUrl!;
        await _shop.AtBankAsync(payment, "paid");
        await _shop.WaitAsync(link, "paid", seen => seen.Status == "paid");
        var before = await _system.Merchant.EventsAsync(link.Id);

        await _system.Sandbox.FailAsync("mollie", "*", "503", count: 1_000_000);
        using var http = new HttpClient();
        var times = new TimeSpan[callbacks];
        await ForAsync(callbacks, async i =>
        {
            var isForged = i % 4 == 0;
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("id", isForged ? "tr_forged" : payment)]);
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync(isForged && i % 8 == 0 ? hook[..^1] + "0" : hook, form);
            times[i] = Stopwatch.GetElapsedTime(began);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.NotFound));
        });
        await _system.Sandbox.FailAsync("mollie", "*", "none");

        await _system.CheckLedgersAsync(TimeSpan.FromMinutes(1));
        Assert.That(await _system.Merchant.EventsAsync(link.Id), Is.EqualTo(before));
        Array.Sort(times);
        await TestContext.Out.WriteLineAsync(
            $"{callbacks} callbacks, Mollie down: p50 {times[callbacks / 2].TotalMilliseconds:0.0} ms, "
            + $"p99 {times[callbacks * 99 / 100].TotalMilliseconds:0.0} ms");
    }

    [Test]
    public async Task A_link_whose_customer_is_at_the_bank_when_it_expires_is_paid_or_expired()
    {
        var links = Counts.Of("EXPIRIES", usually: 40);
        var chance = new Random(Counts.Of("SEED", usually: 1));
        var plans = Enumerable.Range(0, links)
            .Select(_ => (Pays: chance.Next(2) == 0, First: chance.Next(2) == 0)).ToList();
        await ForAsync(links, async i =>
        {
            var plan = plans[i];
            var link = await _shop.CreateAsync();
            var payment = (await _shop.PayAsync(link))!;
            var steps = new Func<Task>[]
            {
                () => _shop.AtBankAsync(payment, plan.Pays ? "paid" : "failed"), () => ExpireAsync(link),
            };
            await Task.WhenAll((plan.First ? steps : steps.Reverse()).Select(step => step()));
            await _shop.WaitAsync(
                link, "over", seen => seen.Status == (plan.Pays ? "paid" : "expired") && seen.Payments.Count == 1);
        });

        await _system.CheckLedgersAsync();
    }

    private Task<int> ExpireAsync(Link link) => _system.Database.ExecuteAsync(
        """
        update link set created_at = created_at - interval '1 day', expires_at = paylinks_now(),
            expiry_due_at = paylinks_now()
        where id = @Id
        """,
        new { Id = PublicId.TryParse(PublicId.Link, link.Id, out var id) ? id : default });

    private async Task AssertEachSettledOnceAsync(int links) => Assert.That(
        await _system.Database.QueryAsync<long>(
            "select count(*) filter (where status = 'paid' and not surplus) from payment group by link_id"),
        Has.Count.EqualTo(links).And.All.EqualTo(1));

    private static Task ForAsync(int times, Func<int, Task> body) => Parallel.ForAsync(
        0, times, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (i, _) => new ValueTask(body(i)));
}
