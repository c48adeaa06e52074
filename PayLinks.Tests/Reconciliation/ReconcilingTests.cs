using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Reconciliation;

/// <summary>Mollie's books are held against ours, in both directions, and whatever differs is said.</summary>
public sealed class ReconcilingTests : ReconciliationFixture
{
    [Test]
    public async Task Books_that_agree_move_the_mark_and_the_next_turn_is_at_three_in_the_merchants_night()
    {
        await PaidAsync();
        var open = await Bench.BeginPaymentAsync(await Bench.NewLinkAsync());
        await Bench.RunAsync<PollPayments>();
        Assert.That(await Bench.PaymentStatusAsync(open), Is.EqualTo("open"));

        Assert.That(await ReconcileAsync(), Is.Empty);

        Assert.That(
            await Bench.Database.ReadAsync<string>(
                "select concat_ws(' ', payments, refunds, disputes, matched, attempt) from reconciliation"),
            Is.EqualTo("2 0 0 2 1"));
        Assert.That(await Bench.Database.ReadAsync<bool>(
            """
            select r.finished_at is not null and a.reconciled_until = r.until and a.reconcile_lease_until is null
                and (a.reconcile_at at time zone 'Europe/Rome')::time = '03:00'
                and a.reconcile_at - now() between interval '0' and interval '25 hours'
            from reconciliation r, mollie_account a
            """), Is.True);
        Assert.That(await Bench.RunAsync<ReconcileAccounts>(), Is.False, "nothing is due before that");
    }

    [Test]
    public async Task A_payment_of_which_nobody_told_us_is_found_late_and_comes_in_on_the_usual_way()
    {
        var link = await Bench.NewLinkAsync();
        await Bench.BeginPaymentAsync(link);
        await Bench.RunAsync<PollPayments>();
        await Bench.CompleteAsync("paid");

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late payment" }));

        Assert.That(await Bench.LinkStatusAsync(link), Is.EqualTo("paid"));
        Assert.That(await Bench.EventsOfLinkAsync(link), Has.Member("link.paid"));
        Assert.That(
            await Bench.Database.ReadAsync<string>(
                "select concat_ws(' ', ours->>'status', theirs->>'status') from reconciliation_difference"),
            Is.EqualTo("open paid"));
        Assert.That(Bench.Logs.Errors, Has.Exactly(1).Contains("Books differ"));
        Assert.That(await ReconcileAsync(), Is.Empty);
    }

    [Test]
    public async Task What_happened_a_moment_ago_is_not_held_against_us()
    {
        await Bench.BeginPaymentAsync(await Bench.NewLinkAsync());
        await Bench.RunAsync<PollPayments>();
        await Bench.CompleteAsync("paid");

        Assert.That(await ReconcileNowAsync(), Is.Empty);
        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late payment" }));
    }

    [Test]
    public async Task A_payment_whose_creation_was_never_answered_is_known_by_its_metadata()
    {
        await Bench.Sandbox.FailAsync("mollie", "createPayment", "effect-then-500");
        var payment = await Bench.BeginPaymentAsync(await Bench.NewLinkAsync());
        await Bench.RunAsync<PollPayments>();
        Assert.That(await Bench.PaymentStatusAsync(payment), Is.EqualTo("unknown"));
        await Bench.CompleteAsync("paid");

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late payment" }));
        Assert.That(await Bench.PaymentStatusAsync(payment), Is.EqualTo("paid"));
    }

    [Test]
    public async Task What_only_Mollie_has_is_told_and_what_only_we_have_too()
    {
        var payment = await PaidAsync();
        await Bench.Database.ExecuteAsync("update payment set mollie_id = 'tr_lost' where id = @payment",
            new { payment });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "missing payment", "unknown payment" }));

        Assert.That(await Bench.PaymentStatusAsync(payment), Is.EqualTo("paid"), "nothing is mended in silence");
        Assert.That(
            await Bench.Database.ReadAsync<string>(
                "select mollie_id from reconciliation_difference where kind = 'missing' and link_id is not null"),
            Is.EqualTo("tr_lost"));
    }

    [Test]
    public async Task An_amount_that_differs_is_told()
    {
        var payment = await PaidAsync();
        await Bench.Database.ExecuteAsync("update payment set amount_minor = 4991 where id = @payment",
            new { payment });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "amount payment" }));
        Assert.That(
            await Bench.Database.ReadAsync<string>(
                "select concat_ws(' ', ours->>'value', theirs->>'value') from reconciliation_difference"),
            Is.EqualTo("49.91 49.90"));
    }

    [Test]
    public async Task A_payment_that_only_we_believe_in_is_told()
    {
        var payment = await Bench.BeginPaymentAsync(await Bench.NewLinkAsync());
        await Bench.RunAsync<PollPayments>();
        await Bench.CompleteAsync("failed");
        await Bench.Database.ExecuteAsync(
            "update payment set status = 'paid', paid_at = now() where id = @payment", new { payment });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "status payment" }));
    }

    [Test]
    public async Task Money_that_went_back_in_silence_is_found_late()
    {
        await PaidAsync();
        var booking = (await Bench.Sandbox.PaymentsAsync()).Single();
        await PostAsync($"v2/payments/{booking.Id}/refunds", new { amount = booking.Amount with { Value = "10.00" } });
        await PostAsync($"sandbox/payments/{booking.Id}/chargeback", new { reversed = false });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late dispute", "late refund" }));

        Assert.That(
            await Bench.Database.ReadAsync<string>("select cause || ' ' || amount_minor from refund"),
            Is.EqualTo("external 1000"));
        Assert.That(await ReconcileAsync(), Is.Empty);
    }

    [Test]
    public async Task Sums_that_differ_are_told_for_the_payment_and_for_what_went_back()
    {
        await PaidAsync();
        var booking = (await Bench.Sandbox.PaymentsAsync()).Single();
        await PostAsync($"v2/payments/{booking.Id}/refunds", new { amount = booking.Amount with { Value = "10.00" } });
        await ReconcileAsync();
        await Bench.Database.ExecuteAsync("update refund set amount_minor = 1001");

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "amount refund", "refunded payment" }));

        await Bench.Database.ExecuteAsync("update refund set mollie_id = 're_lost', amount_minor = 1000");
        Assert.That(await ReconcileAsync(), Has.Member("missing refund"));
    }

    [Test]
    public async Task A_difference_that_stays_is_in_each_report_and_alerts_once()
    {
        await OrderAtMollieAsync();

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "unknown payment" }));
        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "unknown payment" }));

        Assert.That(
            await Bench.Database.QueryAsync<bool>(
                "select is_new from reconciliation_difference order by reconciliation_id"),
            Is.EqualTo(new[] { true, false }));
        Assert.That(Bench.Logs.Errors, Has.Exactly(1).Contains("Books differ"));
    }

    [Test]
    public async Task What_was_compared_and_what_differed_is_counted()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        var ours = Bench.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            // Others run side by side, each with meters of its own.
            if (instrument.Meter.Scope == ours
                && instrument.Name.StartsWith("paylinks.reconciliation", StringComparison.Ordinal))
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Add(
            $"{instrument.Name.Split('.')[^1]} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}: {value}"));
        listener.Start();
        await OrderAtMollieAsync();

        await ReconcileAsync();

        Assert.That(counted, Is.EquivalentTo(new[]
        {
            "runs test finished: 1", "compared test payment: 1", "compared test refund: 0", "compared test dispute: 0",
            "differences test unknown payment: 1",
        }));
    }

    [Test]
    public async Task Every_page_of_a_long_list_is_read()
    {
        const int MoreThanAPage = 260;
        for (var i = 0; i < MoreThanAPage; i++)
        {
            await OrderAtMollieAsync();
        }

        Assert.That(await ReconcileAsync(), Has.Count.EqualTo(MoreThanAPage).And.All.EqualTo("unknown payment"));
    }
}
