using System.Net.Http.Headers;
using System.Net.Http.Json;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Reconciliation;

/// <summary>Mollie's books are held against ours, in both directions, and whatever differs is said.</summary>
public sealed class ReconcilingTests
{
    private Bench _bench = null!;
    private HttpClient _mollie = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.Sandbox.CallbacksAsync("mollie", "drop");
        _mollie = new HttpClient { BaseAddress = new Uri(_bench.SandboxUrl) };
        _mollie.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestSystem.MollieKey);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _mollie.Dispose();
        await _bench.DisposeAsync();
    }

    [Test]
    public async Task Books_that_agree_move_the_mark_and_the_next_turn_is_at_three_in_the_merchants_night()
    {
        await PaidAsync();
        var open = await _bench.BeginPaymentAsync(await _bench.NewLinkAsync());
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(open), Is.EqualTo("open"));

        Assert.That(await ReconcileAsync(), Is.Empty);

        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select concat_ws(' ', payments, refunds, disputes, matched, attempt) from reconciliation"),
            Is.EqualTo("2 0 0 2 1"));
        Assert.That(await _bench.Database.ReadAsync<bool>(
            """
            select r.finished_at is not null and a.reconciled_until = r.until and a.reconcile_lease_until is null
                and (a.reconcile_at at time zone 'Europe/Rome')::time = '03:00'
                and a.reconcile_at - now() between interval '0' and interval '25 hours'
            from reconciliation r, mollie_account a
            """), Is.True);
        Assert.That(await _bench.RunAsync<ReconcileAccounts>(), Is.False, "nothing is due before that");
    }

    [Test]
    public async Task A_payment_of_which_nobody_told_us_is_found_late_and_comes_in_on_the_usual_way()
    {
        var link = await _bench.NewLinkAsync();
        await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        await _bench.CompleteAsync("paid");

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late payment" }));

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
        Assert.That(await _bench.EventsOfLinkAsync(link), Has.Member("link.paid"));
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select concat_ws(' ', ours->>'status', theirs->>'status') from reconciliation_difference"),
            Is.EqualTo("open paid"));
        Assert.That(_bench.Logs.Errors, Has.Exactly(1).Contains("Books differ"));
        Assert.That(await ReconcileAsync(), Is.Empty);
    }

    [Test]
    public async Task What_happened_a_moment_ago_is_not_held_against_us()
    {
        await _bench.BeginPaymentAsync(await _bench.NewLinkAsync());
        await _bench.RunAsync<PollPayments>();
        await _bench.CompleteAsync("paid");

        Assert.That(await ReconcileNowAsync(), Is.Empty);
        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late payment" }));
    }

    [Test]
    public async Task A_payment_whose_creation_was_never_answered_is_known_by_its_metadata()
    {
        await _bench.Sandbox.FailAsync("mollie", "createPayment", "effect-then-500");
        var payment = await _bench.BeginPaymentAsync(await _bench.NewLinkAsync());
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("unknown"));
        await _bench.CompleteAsync("paid");

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late payment" }));
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("paid"));
    }

    [Test]
    public async Task What_only_Mollie_has_is_told_and_what_only_we_have_too()
    {
        var payment = await PaidAsync();
        await _bench.Database.ExecuteAsync("update payment set mollie_id = 'tr_lost' where id = @payment",
            new { payment });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "missing payment", "unknown payment" }));

        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("paid"), "nothing is mended in silence");
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select mollie_id from reconciliation_difference where kind = 'missing' and link_id is not null"),
            Is.EqualTo("tr_lost"));
    }

    [Test]
    public async Task An_amount_that_differs_is_told()
    {
        var payment = await PaidAsync();
        await _bench.Database.ExecuteAsync("update payment set amount_minor = 4991 where id = @payment",
            new { payment });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "amount payment" }));
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select concat_ws(' ', ours->>'value', theirs->>'value') from reconciliation_difference"),
            Is.EqualTo("49.91 49.90"));
    }

    [Test]
    public async Task A_payment_that_only_we_believe_in_is_told()
    {
        var payment = await _bench.BeginPaymentAsync(await _bench.NewLinkAsync());
        await _bench.RunAsync<PollPayments>();
        await _bench.CompleteAsync("failed");
        await _bench.Database.ExecuteAsync(
            "update payment set status = 'paid', paid_at = now() where id = @payment", new { payment });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "status payment" }));
    }

    [Test]
    public async Task Money_that_went_back_in_silence_is_found_late()
    {
        await PaidAsync();
        var booking = (await _bench.Sandbox.PaymentsAsync()).Single();
        await PostAsync($"v2/payments/{booking.Id}/refunds", new { amount = booking.Amount with { Value = "10.00" } });
        await PostAsync($"sandbox/payments/{booking.Id}/chargeback", new { reversed = false });

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "late dispute", "late refund" }));

        Assert.That(
            await _bench.Database.ReadAsync<string>("select cause || ' ' || amount_minor from refund"),
            Is.EqualTo("external 1000"));
        Assert.That(await ReconcileAsync(), Is.Empty);
    }

    [Test]
    public async Task Sums_that_differ_are_told_for_the_payment_and_for_what_went_back()
    {
        await PaidAsync();
        var booking = (await _bench.Sandbox.PaymentsAsync()).Single();
        await PostAsync($"v2/payments/{booking.Id}/refunds", new { amount = booking.Amount with { Value = "10.00" } });
        await ReconcileAsync();
        await _bench.Database.ExecuteAsync("update refund set amount_minor = 1001");

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "amount refund", "refunded payment" }));

        await _bench.Database.ExecuteAsync("update refund set mollie_id = 're_lost', amount_minor = 1000");
        Assert.That(await ReconcileAsync(), Has.Member("missing refund"));
    }

    [Test]
    public async Task A_difference_that_stays_is_in_each_report_and_alerts_once()
    {
        await OrderAtMollieAsync();

        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "unknown payment" }));
        Assert.That(await ReconcileAsync(), Is.EqualTo(new[] { "unknown payment" }));

        Assert.That(
            await _bench.Database.QueryAsync<bool>(
                "select is_new from reconciliation_difference order by reconciliation_id"),
            Is.EqualTo(new[] { true, false }));
        Assert.That(_bench.Logs.Errors, Has.Exactly(1).Contains("Books differ"));
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

    [TestCase("listRefunds")]
    [TestCase("listChargebacks")]
    [TestCase("listPayments")]
    public async Task While_Mollie_is_silent_the_mark_stays_and_the_same_comparison_goes_on_later(string operation)
    {
        await OrderAtMollieAsync();
        await _bench.Sandbox.FailAsync("mollie", operation, "503", count: 2);

        Assert.That(await ReconcileAsync(), Is.Empty);

        Assert.That(
            await _bench.Database.ReadAsync<string>("select interruption from reconciliation where finished_at is null"),
            Is.EqualTo("mollie_unreachable"));
        Assert.That(
            await _bench.Database.ReadAsync<bool>("select reconciled_until is null from mollie_account"), Is.True);
        Assert.That(await _bench.RunAsync<ReconcileAccounts>(), Is.False, "it is left in peace for a while");

        await _bench.MoveClockAsync(TimeSpan.FromMinutes(6));
        await _bench.RunAsync<ReconcileAccounts>();
        Assert.That(
            await _bench.Database.ReadAsync<int>("select attempt from reconciliation where finished_at is not null"),
            Is.EqualTo(2));
        Assert.That(await _bench.Database.ReadAsync<int>("select count(*)::int from reconciliation_difference"),
            Is.EqualTo(1));
    }

    [Test]
    public async Task An_account_is_reconciled_by_one_worker_and_a_dead_one_is_replaced()
    {
        await MakeDueAsync();
        var hold = _bench.Get<HoldAccount>();
        var dead = (await hold.LeaseAsync(CancellationToken.None))!;
        var opened = await hold.OpenAsync(dead);
        Assert.That(await hold.LeaseAsync(CancellationToken.None), Is.Null);

        await _bench.MoveClockAsync(TimeSpan.FromSeconds(15));
        Assert.That(await _bench.RunAsync<ReconcileAccounts>(), Is.True);

        Assert.That(
            async () => await hold.FinishAsync(dead, opened, new Findings()), Throws.TypeOf<TakenOverException>());
        Assert.That(
            await _bench.Database.QueryAsync<int>("select attempt from reconciliation where finished_at is not null"),
            Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task A_command_compares_every_account_at_once_and_its_end_tells_the_outcome()
    {
        Assert.That(await RunCommandAsync(), Is.Zero);
        await OrderAtMollieAsync();
        await SettleAsync();
        Assert.That(await RunCommandAsync(), Is.EqualTo(1));
        await _bench.Sandbox.FailAsync("mollie", "listRefunds", "503", count: 2);
        Assert.That(await RunCommandAsync(), Is.EqualTo(2));
    }

    private async Task<int> RunCommandAsync()
    {
        using var command = HostProcess.Start("PayLinks.Worker", ["reconcile", .. _bench.WorkerArguments]);
        return await command.WaitAsync();
    }

    /// <summary>A payment that was paid, and of which we know.</summary>
    private async Task<Guid> PaidAsync()
    {
        var payment = await _bench.BeginPaymentAsync(await _bench.NewLinkAsync());
        await _bench.RunAsync<PollPayments>();
        await _bench.CompleteAsync("paid");
        await SettleAsync();
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("paid"));
        return payment;
    }

    private Task SettleAsync() => _bench.MoveClockAsync(TimeSpan.FromSeconds(12));

    private async Task MakeDueAsync() =>
        await _bench.Database.ExecuteAsync("update mollie_account set reconcile_at = paylinks_now()");

    private async Task<IReadOnlyList<string>> ReconcileAsync()
    {
        await SettleAsync();
        return await ReconcileNowAsync();
    }

    private async Task<IReadOnlyList<string>> ReconcileNowAsync()
    {
        await MakeDueAsync();
        await _bench.RunAsync<ReconcileAccounts>();
        return await _bench.Database.QueryAsync<string>(
            """
            select kind || ' ' || about from reconciliation_difference
            where reconciliation_id = (select id from reconciliation order by id desc limit 1)
            order by 1
            """);
    }

    /// <summary>Somebody else uses the merchant's key.</summary>
    private Task OrderAtMollieAsync() => PostAsync("v2/payments", new
    {
        amount = new Amount("12.00", "EUR"),
        description = "Another shop",
        redirectUrl = "https://shop.example.test/",
    });

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _mollie.PostAsJsonAsync(path, body);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }
}
