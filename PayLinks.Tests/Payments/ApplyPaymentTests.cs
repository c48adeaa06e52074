using PayLinks.Core.Payments;

namespace PayLinks.Tests.Payments;

/// <summary>What a fetched payment does to ours, to its link and to what people are told.</summary>
public sealed class ApplyPaymentTests
{
    private PaymentBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await PaymentBench.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task A_paid_payment_pays_the_link_and_tells_customer_and_merchant()
    {
        var begun = await OpenAsync();
        await _bench.CompleteAsync(begun, "paid");

        await _bench.AskAsync(begun);

        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("paid"));
        Assert.That(await _bench.EventsAsync(begun), Has.One.EqualTo("link.paid"));
        Assert.That(await _bench.MessagesAsync(begun), Is.EqualTo(new[] { "notice", "receipt" }));
        Assert.That(
            await _bench.Database.ReadAsync<bool>("select poll_at is null from payment where id = @Payment", begun),
            "nothing is left to ask");
    }

    [Test]
    public async Task Eight_who_find_it_paid_at_once_pay_it_once()
    {
        var begun = await OpenAsync();
        await _bench.CompleteAsync(begun, "paid");

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _bench.AskAsync(begun)));

        Assert.That(asked.Select(payment => payment.Status), Has.All.EqualTo(PaymentStatus.Paid));
        Assert.That(await _bench.EventsAsync(begun), Has.One.EqualTo("link.paid").And.None.EqualTo("payment.surplus"));
        Assert.That(await _bench.MessagesAsync(begun), Is.EqualTo(new[] { "notice", "receipt" }));
    }

    [Test]
    public async Task A_stale_answer_never_moves_a_payment_back()
    {
        var begun = await OpenAsync();
        var stale = await _bench.FetchAsync(begun);
        await _bench.CompleteAsync(begun, "paid");
        await _bench.AskAsync(begun);
        var before = await _bench.EventsAsync(begun);

        var status = await _bench.ApplyAsync(begun, stale);

        Assert.That(stale.Status, Is.EqualTo("open"));
        Assert.That(status, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("paid"));
        Assert.That(await _bench.EventsAsync(begun), Is.EqualTo(before));
    }

    [TestCase("failed", "insufficient_funds")]
    [TestCase("canceled", null)]
    [TestCase("expired", null)]
    public async Task An_unpaid_end_opens_the_link_again(string end, string? reason)
    {
        var begun = await OpenAsync();
        await _bench.CompleteAsync(begun, end, reason);

        await _bench.AskAsync(begun);

        Assert.That(await _bench.PaymentStatusAsync(begun), Is.EqualTo(end));
        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("open"));
        Assert.That(
            await _bench.Database.ReadAsync<string?>("select failure_reason from payment where id = @Payment", begun),
            reason is null ? Is.Null.Or.Not.Empty : Is.EqualTo(reason));
        Assert.That(await _bench.MessagesAsync(begun), Is.Empty);
    }

    [Test]
    public async Task Money_that_comes_after_a_failure_is_still_money()
    {
        var begun = await OpenAsync();
        await _bench.CompleteAsync(begun, "failed");
        await _bench.AskAsync(begun);
        var fetched = await _bench.FetchAsync(begun);

        await _bench.ApplyAsync(begun, fetched with { Status = "paid" });

        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("paid"));
    }

    [TestCase("expired")]
    [TestCase("canceled")]
    public async Task Money_for_a_link_that_is_over_pays_it_late(string over)
    {
        var begun = await OpenAsync();
        await _bench.Database.ExecuteAsync(
            $"update link set status = '{over}', {over}_at = now() where id = @Link", begun);
        await _bench.CompleteAsync(begun, "paid");

        await _bench.AskAsync(begun);

        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("paid"));
        Assert.That(await _bench.Database.ReadAsync<bool>("select late from link where id = @Link", begun));
    }

    [Test]
    public async Task A_second_paid_payment_is_recorded_as_surplus()
    {
        var first = await OpenAsync();
        await _bench.Database.ExecuteAsync("update payment set superseded_at = now() where id = @Payment", first);
        var second = await _bench.BeginAsync(first.Link);
        await _bench.AskAsync(second);
        await _bench.CompleteAsync(second, "paid");
        await _bench.AskAsync(second);
        await _bench.CompleteAsync(first, "paid");

        await _bench.AskAsync(first);

        var surplus = await _bench.Database.QueryAsync<bool>(
            "select surplus from payment where link_id = @Link and status = 'paid' order by id", first);
        Assert.That(surplus, Is.EqualTo(new[] { true, false }));
        Assert.That(await _bench.EventsAsync(first), Has.One.EqualTo("link.paid").And.One.EqualTo("payment.surplus"));
        Assert.That(await _bench.MessagesAsync(first), Has.One.EqualTo("receipt"));
    }

    [TestCase("payment set amount_minor = 4991 where id = @Payment", "amount_differs")]
    [TestCase("payment set currency = 'CHF' where id = @Payment", "currency_differs")]
    public async Task What_is_not_what_we_asked_for_is_put_aside(string change, string reason)
    {
        var begun = await OpenAsync();
        await _bench.CompleteAsync(begun, "paid");
        await _bench.Database.ExecuteAsync("update " + change, begun);

        await _bench.AskAsync(begun);

        await AssertPutAsideAsync(begun, reason);
    }

    [Test]
    public async Task Money_to_another_merchant_is_put_aside()
    {
        var begun = await OpenAsync();
        await _bench.CompleteAsync(begun, "paid");
        var fetched = await _bench.FetchAsync(begun);

        await _bench.ApplyAsync(begun, fetched with { ProfileId = "pfl_stranger" });

        await AssertPutAsideAsync(begun, "merchant_differs");
    }

    [Test]
    public async Task Play_money_is_put_aside()
    {
        var begun = await OpenAsync();
        await _bench.CompleteAsync(begun, "paid");
        var fetched = await _bench.FetchAsync(begun);

        await _bench.ApplyAsync(begun, fetched with { Mode = "live" });

        await AssertPutAsideAsync(begun, "mode_differs");
    }

    [Test]
    public async Task A_status_that_Mollie_may_invent_leaves_the_payment_as_it_is()
    {
        var begun = await OpenAsync();
        var fetched = await _bench.FetchAsync(begun);

        var statuses = new List<PaymentStatus>();
        foreach (var word in new[] { "shipping", "creating", "unknown", "7", "" })
        {
            statuses.Add(await _bench.ApplyAsync(begun, fetched with { Status = word }));
        }

        Assert.That(statuses, Has.All.EqualTo(PaymentStatus.Open));
    }

    [Test]
    public async Task A_callback_that_came_while_Mollie_was_asked_is_not_lost()
    {
        var begun = await OpenAsync();
        await _bench.Database.ExecuteAsync("update payment set poll_at = now() where id = @Payment", begun);

        await _bench.ApplyAsync(begun, await _bench.FetchAsync(begun));

        Assert.That(
            await _bench.Database.ReadAsync<bool>("select poll_at <= now() from payment where id = @Payment", begun));
    }

    private async Task<Begun> OpenAsync()
    {
        var begun = await _bench.BeginAsync();
        await _bench.AskAsync(begun);
        return begun;
    }

    private async Task AssertPutAsideAsync(Begun begun, string reason)
    {
        Assert.That(
            await _bench.Database.ReadAsync<string>("select quarantine_reason from payment where id = @Payment", begun),
            Is.EqualTo(reason));
        Assert.That(await _bench.LinkStatusAsync(begun), Is.Not.EqualTo("paid"));
        Assert.That(await _bench.EventsAsync(begun), Has.One.EqualTo("payment.quarantined"));
        Assert.That(await _bench.MessagesAsync(begun), Is.Empty);
    }
}
