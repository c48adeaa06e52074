using System.Net;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Refunds;

/// <summary>Money that came twice, or after the end.</summary>
public sealed class MoneyByRuleTests : RefundFixture
{
    [Test]
    public async Task A_second_payment_of_a_paid_link_goes_back_by_itself()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync();
        var first = await SubmitAsync(link);
        await SetAsideAsync(link);
        var second = await SubmitAsync(link);

        await Paylinks.Sandbox.CompleteAsync(second, "paid");
        await Paylinks.Merchant.WaitForStatusAsync(link.Id, "paid");
        await Paylinks.Sandbox.CompleteAsync(first, "paid");

        var seen = await WaitForRefundsAsync(link, "queued");
        Assert.That(seen.Refunds.Single().Cause, Is.EqualTo("surplus"));
        Assert.That(seen.Payments.Select(payment => (payment.Status, payment.Surplus)),
            Is.EqualTo(new[] { ("paid", true), ("paid", false) }));
        Assert.That(seen.Refunded.Value, Is.EqualTo("0.00"), "a surplus was never takings");
        Assert.That((await RefundsOfAsync(link)).Select(refund => refund.PaymentId), Is.EqualTo(new[] { first.Id }));
        await Eventually.IsTrueAsync(
            async () => (await Paylinks.Sandbox.MessagesAsync()).Any(message =>
                message.To == "orders@example.test"
                && message.Text.Contains("aveva pagato due volte", StringComparison.Ordinal)),
            "the merchant is told");
    }

    [Test]
    public async Task A_surplus_refund_that_fails_is_tried_anew()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync();
        var first = await SubmitAsync(link);
        await SetAsideAsync(link);
        await Paylinks.Sandbox.CompleteAsync(await SubmitAsync(link), "paid");
        await Paylinks.Merchant.WaitForStatusAsync(link.Id, "paid");
        await Paylinks.Sandbox.CompleteAsync(first, "paid");
        await WaitForRefundsAsync(link, "queued");

        await Paylinks.Sandbox.CompleteRefundAsync((await RefundsOfAsync(link))[0].Id, "failed");
        await WaitForRefundsAsync(link, "failed", "requested");
        // Mollie refuses an equal refund within the hour.
        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(62));

        await WaitForRefundsAsync(link, "failed", "queued");
        Assert.That((await RefundsOfAsync(link)).Count(refund => refund.Status == "queued"), Is.EqualTo(1));
    }

    [TestCase("cancel", "keep", null)]
    [TestCase("cancel", "refund", "late")]
    [TestCase("expire", "keep", null)]
    [TestCase("expire", "refund", "late")]
    public async Task Late_money_is_kept_or_goes_back_as_the_merchant_has_chosen(
        string end, string setting, string? cause)
    {
        var link = await Paylinks.Merchant.CreateLinkAsync();
        var payment = await SubmitAsync(link);
        await SetAsideAsync(link);
        await ChooseAsync(end, setting);
        await EndAsync(link, end);

        await Paylinks.Sandbox.CompleteAsync(payment, "paid");

        var paid = await Paylinks.Merchant.WaitForStatusAsync(link.Id, "paid");
        Assert.That(paid.Late);
        Assert.That(paid.Refunds.Select(refund => refund.Cause), Is.EqualTo(cause is null ? [] : new[] { cause }));
        if (cause is not null)
        {
            await WaitForRefundsAsync(link, "queued");
        }
    }

    // As "use another card" does when Mollie cannot cancel: the payment no longer counts, but may still be paid.
    private async Task SetAsideAsync(Link link) => await Paylinks.Database.ExecuteAsync(
        "update payment set superseded_at = paylinks_now() where link_id = @linkId and superseded_at is null",
        new { linkId = IdOf(link) });

    /// <summary>The owner chooses in the console, and the opposite for the other end.</summary>
    private async Task ChooseAsync(string end, string setting)
    {
        const string path = "/settings/payments";
        var opposite = setting == "keep" ? "refund" : "keep";
        using var owner = Paylinks.NewCustomer();
        await owner.SubmitAsync(
            await owner.OpenAsync("/"), "/", ("email", TestSystem.Owner.Email),
            ("password", TestSystem.Owner.Password));
        var answer = await owner.SubmitAsync(
            await owner.OpenAsync(path), path, ("afterExpiry", end == "expire" ? setting : opposite),
            ("afterCancel", end == "cancel" ? setting : opposite));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
    }

    private async Task EndAsync(Link link, string end)
    {
        await using var transaction = await Paylinks.Database.App.BeginAsync(Paylinks.MerchantId);
        await transaction.RecordAsync(new NewEvent(IdOf(link), EventTypes.PaymentUpdated, "customer")
        {
            Link = (LinkStatus.Processing, LinkStatus.Open),
        });
        var (type, status) = end == "cancel"
            ? (EventTypes.LinkCanceled, LinkStatus.Canceled)
            : (EventTypes.LinkExpired, LinkStatus.Expired);
        await transaction.RecordAsync(new NewEvent(IdOf(link), type, "worker") { Link = (LinkStatus.Open, status) });
        await transaction.CommitAsync();
    }

    private static Guid IdOf(Link link) =>
        PublicId.TryParse(PublicId.Link, link.Id, out var id) ? id : throw new FormatException(link.Id);
}
