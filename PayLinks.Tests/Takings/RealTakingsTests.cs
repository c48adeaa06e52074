using System.Globalization;
using System.Net.Http.Json;
using PayLinks.Tests.Refunds;

namespace PayLinks.Tests.Takings;

/// <summary>What customers, merchant and bank really did, in our takings and in Mollie's books.</summary>
public sealed class RealTakingsTests : RefundFixture
{
    [Test]
    public async Task Takings_are_what_mollie_has_taken_given_back_and_lost()
    {
        var kept = await PaidLinkAsync("10.00");
        var refunded = await PaidLinkAsync("49.90");
        var disputed = await PaidLinkAsync("7.35");
        await RefundedAsync(refunded, "9.90");
        await WaitForRefundsAsync(refunded, "queued");
        Assert.That(await SumsAsync(), Is.EqualTo("67.25 - 0.00 - 0.00 = 67.25"), "a refund on its way is not one yet");

        await Paylinks.Sandbox.CompleteRefundAsync((await RefundsOfAsync(refunded)).Single().Id, "refunded");
        await Paylinks.Sandbox.ChargeBackAsync((await BookingsOfAsync(disputed)).Single());
        await Eventually.SeesAsync(
            SumsAsync, sums => sums == "67.25 - 9.90 - 7.35 = 50.00", "all that moved is counted",
            TimeSpan.FromSeconds(40));

        var paid = (await Paylinks.Sandbox.PaymentsAsync()).Where(payment => payment.Status == "paid")
            .Sum(payment => Number(payment.Amount.Value));
        var back = (await Paylinks.Sandbox.RefundsAsync()).Where(refund => refund.Status == "refunded")
            .Sum(refund => Number(refund.Amount.Value));
        var total = (await TakingsAsync()).Totals.Single();
        Assert.That(Number(total.Gross.Value), Is.EqualTo(paid));
        Assert.That(Number(total.Refunds.Value), Is.EqualTo(back));
        Assert.That((await Paylinks.Merchant.GetLinkAsync(kept.Id)).Status, Is.EqualTo("paid"));
    }

    private static decimal Number(string value) => decimal.Parse(value, CultureInfo.InvariantCulture);

    private async Task<SeenTakings> TakingsAsync() =>
        (await Paylinks.Merchant.Http.GetFromJsonAsync<SeenTakings>("v1/takings"))!;

    private async Task<string> SumsAsync()
    {
        var total = (await TakingsAsync()).Totals.Single();
        return $"{total.Gross.Value} - {total.Refunds.Value} - {total.Disputes.Value} = {total.Net.Value}";
    }
}
