using System.Net.Http.Json;
using System.Text.Json;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Ledgers;

// What the providers' own books say: GET /sandbox/payments, /refunds, /chargebacks, /messages.

internal sealed record TheirPayment(
    string Id, string Status, Amount Amount, string? ProfileId, JsonElement? Metadata)
{
    public long Minor => Amount.Minor();

    public bool IsPaid => Status == "paid";

    /// <summary>Our payment that its metadata name.</summary>
    public Guid? OurPayment =>
        Metadata is { ValueKind: JsonValueKind.Object } metadata && metadata.TryGetProperty("payment", out var ours)
        && PublicId.TryParse(PublicId.Payment, ours.ToString(), out var id)
            ? id
            : null;
}

internal sealed record TheirRefund(string Id, string PaymentId, Amount Amount, string Status)
{
    public long Minor => Amount.Minor();

    /// <summary>Whether its money is back or on its way.</summary>
    public bool Counts => Status is not ("failed" or "canceled");
}

internal sealed record TheirChargeback(string Id, string PaymentId, Amount Amount, DateTime? ReversedAt)
{
    public long Minor => Amount.Minor();

    /// <summary>Our word for it.</summary>
    public string Status => ReversedAt is null ? "received" : "reversed";
}

internal sealed record TheirMessage(string Id, string Channel, string To);

/// <summary>The third ledger: what Mollie, Twilio and SendGrid have accepted and done.</summary>
internal sealed record TheirBooks(
    IReadOnlyList<TheirPayment> Payments, IReadOnlyList<TheirRefund> Refunds,
    IReadOnlyList<TheirChargeback> Chargebacks, IReadOnlyList<TheirMessage> Messages)
{
    public static async Task<TheirBooks> ReadAsync(string sandboxUrl)
    {
        using var http = new HttpClient { BaseAddress = new Uri(sandboxUrl) };
        return new TheirBooks(
            await ReadAsync<TheirPayment>("/sandbox/payments"),
            await ReadAsync<TheirRefund>("/sandbox/refunds"),
            await ReadAsync<TheirChargeback>("/sandbox/chargebacks"),
            await ReadAsync<TheirMessage>("/sandbox/messages"));

        async Task<IReadOnlyList<T>> ReadAsync<T>(string path) =>
            (await http.GetFromJsonAsync<List<T>>(path, JsonSerializerOptions.Web))!;
    }
}

internal static class Amounts
{
    public static long Minor(this Amount amount) =>
        Money.TryParse(amount.Value, Currency.Get(amount.Currency), out var money)
            ? money.MinorUnits
            : throw new FormatException($"'{amount.Value} {amount.Currency}' is no amount.");
}
