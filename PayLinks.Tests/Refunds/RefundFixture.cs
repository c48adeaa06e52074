using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Refunds;

/// <summary>Everything running, and links that have been paid.</summary>
public abstract class RefundFixture
{
    protected TestSystem Paylinks { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Paylinks = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);

    [OneTimeTearDown]
    public async Task StopAsync() => await (Paylinks?.DisposeAsync() ?? ValueTask.CompletedTask);

    protected async Task<Link> PaidLinkAsync(string value = "49.90")
    {
        var link = await Paylinks.Merchant.CreateLinkAsync(Merchant.Order(value));
        await Paylinks.Sandbox.CompleteAsync(await SubmitAsync(link), "paid");
        return await Paylinks.Merchant.WaitForStatusAsync(link.Id, "paid");
    }

    /// <summary>Types a card into the link's page.</summary>
    /// <returns>The payment that this began at Mollie.</returns>
    protected async Task<MollieBooking> SubmitAsync(Link link)
    {
        var before = (await BookingsOfAsync(link)).Select(booking => booking.Id).ToHashSet();
        using var customer = Paylinks.NewCustomer();
        var answer = await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
        return (await BookingsOfAsync(link)).Single(booking => !before.Contains(booking.Id));
    }

    protected async Task<IReadOnlyList<MollieBooking>> BookingsOfAsync(Link link) =>
        [.. (await Paylinks.Sandbox.PaymentsAsync()).Where(booking => booking.IsOf(link.Id))];

    protected async Task<IReadOnlyList<MollieRefundBooking>> RefundsOfAsync(Link link)
    {
        var payments = (await BookingsOfAsync(link)).Select(booking => booking.Id).ToHashSet();
        return [.. (await Paylinks.Sandbox.RefundsAsync()).Where(refund => payments.Contains(refund.PaymentId))];
    }

    protected Task<HttpResponseMessage> RefundAsync(Link link, string? value = null, string? key = null) =>
        Paylinks.Merchant.PostAsync(
            $"v1/links/{link.Id}/refunds",
            value is null ? null : new { amount = new { value, currency = link.Amount.Currency } },
            key);

    protected static async Task<string> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    protected async Task<LinkRefund> RefundedAsync(Link link, string? value = null)
    {
        using var response = await RefundAsync(link, value);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), text);
        return JsonSerializer.Deserialize<LinkRefund>(text, JsonSerializerOptions.Web)!;
    }

    /// <summary>Waits until the link's refunds stand like this, in the order in which they were asked for.</summary>
    protected Task<Link> WaitForRefundsAsync(Link link, params string[] statuses) => Eventually.SeesAsync(
        () => Paylinks.Merchant.GetLinkAsync(link.Id),
        seen => seen.Refunds.Select(refund => refund.Status).SequenceEqual(statuses),
        $"refunds are {string.Join(' ', statuses)}", TimeSpan.FromSeconds(40));
}
