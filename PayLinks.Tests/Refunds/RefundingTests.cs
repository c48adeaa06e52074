using System.Net;

namespace PayLinks.Tests.Refunds;

public sealed class RefundingTests : RefundFixture
{
    [Test]
    public async Task All_of_it_goes_back_and_the_customer_is_told_once()
    {
        var link = await PaidLinkAsync("31.10");

        var asked = await RefundedAsync(link);
        Assert.That((asked.Amount.Value, asked.Cause), Is.EqualTo(("31.10", "merchant")));
        await WaitForRefundsAsync(link, "queued");
        var booking = (await RefundsOfAsync(link)).Single();
        await Paylinks.Sandbox.CompleteRefundAsync(booking.Id, "refunded");

        var refunded = await WaitForRefundsAsync(link, "refunded");
        Assert.That(refunded.Status, Is.EqualTo("paid"), "a refund takes nothing back of what was said");
        Assert.That(refunded.Refunded.Value, Is.EqualTo("31.10"));
        var told = await Eventually.SeesAsync(
            async () => (await Paylinks.Sandbox.MessagesAsync())
                .Where(message => message.Text.Contains("rimborsato 31,10", StringComparison.Ordinal)).ToList(),
            messages => messages.Count > 0, "the customer is told");
        Assert.That(told.Select(message => message.To), Is.EqualTo(new[] { "anna@example.test" }));
        var types = (await Paylinks.Merchant.EventsAsync(link.Id)).Select(happened => happened.Type);
        Assert.That(
            types.Where(type => type.StartsWith("refund.", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "refund.requested", "refund.updated", "refund.updated", "refund.refunded" }));
    }

    [Test]
    public async Task Parts_go_back_until_nothing_is_left()
    {
        var link = await PaidLinkAsync("10.00");

        await RefundedAsync(link, "4.00");
        await RefundedAsync(link, "5.00");
        using var tooMuch = await RefundAsync(link, "1.01");
        Assert.That(tooMuch.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await tooMuch.Content.ReadAsStringAsync(), Does.Contain("The largest amount is 1.00"));
        await RefundedAsync(link);
        using var nothing = await RefundAsync(link);
        Assert.That(await CodeAsync(nothing), Is.EqualTo("nothing_to_refund"));

        var done = await WaitForRefundsAsync(link, "queued", "queued", "queued");
        Assert.That(done.Refunds.Select(refund => refund.Amount.Value), Is.EqualTo(new[] { "4.00", "5.00", "1.00" }));
        Assert.That(done.Refunded.Value, Is.EqualTo("10.00"));
        Assert.That((await RefundsOfAsync(link)).Count, Is.EqualTo(3));
    }

    [Test]
    public async Task Ten_requests_at_once_give_back_no_more_than_was_captured()
    {
        var link = await PaidLinkAsync("10.00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using var answer = await RefundAsync(link, $"{3 + (i * 0.01m):0.00}".Replace(',', '.'));
            return answer.StatusCode;
        }));

        Assert.That(answers.Count(status => status == HttpStatusCode.Created), Is.EqualTo(3));
        await WaitForRefundsAsync(link, "queued", "queued", "queued");
        var sum = (await RefundsOfAsync(link)).Sum(refund => decimal.Parse(
            refund.Amount.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(sum, Is.LessThanOrEqualTo(10m).And.GreaterThan(9m));
    }

    [Test]
    public async Task A_double_click_gives_back_once()
    {
        var link = await PaidLinkAsync("20.00");

        await RefundedAsync(link, "5.00");
        using var again = await RefundAsync(link, "5.00");
        using var first = await RefundAsync(link, "6.00", key: "refund-of-1042");
        using var repeated = await RefundAsync(link, "6.00", key: "refund-of-1042");

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await CodeAsync(again), Is.EqualTo("duplicate_refund"));
        Assert.That(repeated.Headers.Contains("Idempotent-Replayed"));
        Assert.That(
            await repeated.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        await WaitForRefundsAsync(link, "queued", "queued");
    }

    [Test]
    public async Task A_refund_is_stopped_while_it_waits_and_not_once_it_moves()
    {
        var link = await PaidLinkAsync("20.00");
        var stopped = await RefundedAsync(link, "5.00");
        await WaitForRefundsAsync(link, "queued");

        using var answer = await Paylinks.Merchant.PostAsync($"v1/links/{link.Id}/refunds/{stopped.Id}/cancel");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        var moving = await RefundedAsync(link);
        await WaitForRefundsAsync(link, "canceled", "queued");
        await Paylinks.Sandbox.CompleteRefundAsync((await RefundsOfAsync(link))[0].Id, "processing");
        await WaitForRefundsAsync(link, "canceled", "processing");
        using var tooLate = await Paylinks.Merchant.PostAsync($"v1/links/{link.Id}/refunds/{moving.Id}/cancel");

        Assert.That(await CodeAsync(tooLate), Is.EqualTo("refund_under_way"));
        Assert.That((await Paylinks.Merchant.GetLinkAsync(link.Id)).Refunded.Value, Is.EqualTo("20.00"));
    }

    [Test]
    public async Task A_refund_that_fails_leaves_the_money_to_be_given_back_again()
    {
        var link = await PaidLinkAsync("20.00");
        await RefundedAsync(link);
        await WaitForRefundsAsync(link, "queued");

        await Paylinks.Sandbox.CompleteRefundAsync((await RefundsOfAsync(link)).Single().Id, "failed");
        var failed = await WaitForRefundsAsync(link, "failed");

        Assert.That(failed.Refunded.Value, Is.EqualTo("0.00"));
        await Eventually.IsTrueAsync(
            async () => (await Paylinks.Sandbox.MessagesAsync()).Any(message =>
                message.To == "orders@example.test"
                && message.Text.Contains("rimborso di 20,00", StringComparison.Ordinal)),
            "the merchant is told");
        await RefundedAsync(link, "19.00");
        await WaitForRefundsAsync(link, "failed", "queued");
    }

    [Test]
    public async Task A_refund_made_at_Mollie_itself_is_found_and_counts()
    {
        var link = await PaidLinkAsync("20.00");
        var booking = (await BookingsOfAsync(link)).Single();
        await MollieDashboard.RefundAsync(Paylinks, booking.Id, "12.00");
        await Paylinks.Database.ExecuteAsync(
            "update payment set poll_at = paylinks_now() where mollie_id = @Id", booking);

        var found = await WaitForRefundsAsync(link, "queued");
        using var tooMuch = await RefundAsync(link, "8.01");

        Assert.That(found.Refunds.Single().Cause, Is.EqualTo("external"));
        Assert.That(tooMuch.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [TestCase("0.00", "amount_not_positive")]
    [TestCase("-1.00", "amount_not_positive")]
    [TestCase("1", "amount_decimals")]
    [TestCase("1e1", "amount_invalid")]
    [TestCase("999999.99", "amount_too_large")]
    public async Task A_wrong_amount_is_refused(string value, string code)
    {
        var link = await PaidLinkAsync("20.00");

        using var response = await RefundAsync(link, value);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(code).And.Contain("/amount/value"));
        Assert.That((await Paylinks.Merchant.GetLinkAsync(link.Id)).Refunds, Is.Empty);
    }

    [Test]
    public async Task What_cannot_be_refunded_says_why()
    {
        var unpaid = await Paylinks.Merchant.CreateLinkAsync();
        var paid = await PaidLinkAsync("20.00");

        using var tooEarly = await RefundAsync(unpaid);
        using var currency = await Paylinks.Merchant.PostAsync(
            $"v1/links/{paid.Id}/refunds", new { amount = new { value = "1.00", currency = "USD" } });
        using var card = await Paylinks.Merchant.PostAsync(
            $"v1/links/{paid.Id}/refunds", new { reason = "4242 4242 4242 4242" });
        using var nowhere = await Paylinks.Merchant.PostAsync("v1/links/pl_00000000000000000000000000/refunds");
        using var unknown = await Paylinks.Merchant.PostAsync(
            $"v1/links/{paid.Id}/refunds/ref_00000000000000000000000000/cancel");

        Assert.That(await CodeAsync(tooEarly), Is.EqualTo("not_paid"));
        Assert.That(await currency.Content.ReadAsStringAsync(), Does.Contain("currency_differs"));
        Assert.That(await CodeAsync(card), Is.EqualTo("card_data_not_allowed"));
        Assert.That(nowhere.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Paylinks.Database.ReadAsync<long>(
            "select count(*) from refund r join link l on l.id = r.link_id where l.description = 'none'"), Is.Zero);
    }
}
