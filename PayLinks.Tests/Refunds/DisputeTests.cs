using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Refunds;

public sealed class DisputeTests : RefundFixture
{
    [Test]
    public async Task Money_that_the_bank_takes_back_is_shown_told_and_cannot_be_refunded_too()
    {
        var link = await PaidLinkAsync("33.00");
        var booking = (await BookingsOfAsync(link)).Single();

        await Paylinks.Sandbox.ChargeBackAsync(booking);
        var disputed = await WaitForDisputeAsync(link, "received");
        using var refund = await RefundAsync(link);

        Assert.That(disputed.Status, Is.EqualTo("paid"));
        Assert.That(refund.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await CodeAsync(refund), Is.EqualTo("nothing_to_refund"));
        await ToldAsync("ha ripreso 33,00");

        await Paylinks.Sandbox.ChargeBackAsync(booking, reversed: true);
        await WaitForDisputeAsync(link, "reversed");
        await ToldAsync("33,00\u00a0€ tornano a te");
        await RefundedAsync(link);

        var types = (await Paylinks.Merchant.EventsAsync(link.Id)).Select(happened => happened.Type).ToList();
        Assert.That(types.Count(type => type == "dispute.received"), Is.EqualTo(1));
        Assert.That(types.Count(type => type == "dispute.reversed"), Is.EqualTo(1));
    }

    private Task<Link> WaitForDisputeAsync(Link link, string status) => Eventually.SeesAsync(
        () => Paylinks.Merchant.GetLinkAsync(link.Id),
        seen => seen.Disputes.Select(dispute => dispute.Status).SequenceEqual([status]), $"the dispute is {status}");

    private Task ToldAsync(string words) => Eventually.IsTrueAsync(
        async () => (await Paylinks.Sandbox.MessagesAsync()).Any(message =>
            message.To == "orders@example.test" && message.Text.Contains(words, StringComparison.Ordinal)),
        $"the merchant reads '{words}'");
}
