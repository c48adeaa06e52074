using System.Text.Json;
using System.Text.Json.Serialization;

namespace PayLinks.Core.Mollie;

/// <summary>An amount as Mollie writes it: the value is text with exactly the currency's decimals.</summary>
public sealed record MollieAmount(string Currency, string Value)
{
    public static MollieAmount From(Money money) => new(money.Currency.Code, money.Value);
}

/// <summary>What we post to create a payment.</summary>
public sealed record NewMolliePayment(
    MollieAmount Amount,
    string Description,
    string RedirectUrl,
    string CancelUrl,
    string WebhookUrl,
    string? Method,
    string? CardToken,
    string? Locale,
    MollieMetadata Metadata);

/// <summary>Our ids, echoed by Mollie, by which a payment is found again whose creation was never answered.</summary>
public sealed record MollieMetadata(string? Link, string? Payment, string? Refund = null);

/// <summary>What we post to give money back.</summary>
public sealed record NewMollieRefund(MollieAmount Amount, string Description, MollieMetadata Metadata);

/// <summary>
/// A payment as Mollie answers it; only what we use. Enumerations stay text, because Mollie adds to them.
/// </summary>
public sealed record MolliePayment(
    string Id,
    string Mode,
    string Status,
    MollieAmount Amount,
    DateTimeOffset CreatedAt,
    string? ProfileId = null,
    string? Method = null,
    bool? IsCancelable = null,
    JsonElement? Metadata = null,
    MollieDetails? Details = null,
    DateTimeOffset? PaidAt = null,
    MollieAmount? AmountRefunded = null,
    MollieAmount? AmountChargedBack = null,
    [property: JsonPropertyName("_embedded")] MollieReturns? Embedded = null,
    [property: JsonPropertyName("_links")] MollieLinks? Links = null)
{
    /// <summary>Our payment's public id, where the metadata is ours.</summary>
    public string? OurPayment => MollieMetadataReader.Read(Metadata, "payment");
}

/// <summary>What of a payment went back, as far as it was asked to be embedded.</summary>
public sealed record MollieReturns(
    IReadOnlyList<MollieRefund>? Refunds = null, IReadOnlyList<MollieChargeback>? Chargebacks = null);

/// <summary>A refund as Mollie answers it; only what we use.</summary>
public sealed record MollieRefund(
    string Id,
    string Status,
    MollieAmount Amount,
    DateTimeOffset CreatedAt,
    string? PaymentId = null,
    string? Description = null,
    JsonElement? Metadata = null)
{
    /// <summary>Our refund's public id, where the metadata is ours.</summary>
    public string? OurRefund => MollieMetadataReader.Read(Metadata, "refund");
}

public sealed record MollieChargeback(
    string Id,
    MollieAmount Amount,
    DateTimeOffset CreatedAt,
    MollieReason? Reason = null,
    DateTimeOffset? ReversedAt = null,
    string? PaymentId = null);

public sealed record MollieReason(string? Code = null, string? Description = null);

/// <summary>A page of refunds or of chargebacks.</summary>
public sealed record MollieReturnList(
    [property: JsonPropertyName("_embedded")] MollieReturns Embedded,
    [property: JsonPropertyName("_links")] MollieLinks? Links = null);

// Metadata may be any JSON that somebody else has put there.
internal static class MollieMetadataReader
{
    public static string? Read(JsonElement? metadata, string name) =>
        metadata is { ValueKind: JsonValueKind.Object } ours
        && ours.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

public sealed record MollieDetails(string? CardNumber = null, string? CardLabel = null, string? FailureReason = null)
{
    /// <summary>Anything but four digits is no end of a card number, and must not be stored as one.</summary>
    public string? CardLast4 => CardNumber is { Length: 4 } && CardNumber.All(char.IsAsciiDigit) ? CardNumber : null;
}

public sealed record MollieLinks(MollieHref? Checkout = null, MollieHref? Next = null)
{
    /// <summary>The id with which a list's next page begins, or null on the last page.</summary>
    [JsonIgnore]
    public string? NextFrom => Next is null
        ? null
        : new Uri(Next.Href).Query.TrimStart('?').Split('&')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair is ["from", _])
            .Select(pair => Uri.UnescapeDataString(pair[1]))
            .FirstOrDefault();
}

public sealed record MollieHref(string Href);

public sealed record MolliePaymentList(
    [property: JsonPropertyName("_embedded")] MollieEmbeddedPayments Embedded,
    [property: JsonPropertyName("_links")] MollieLinks? Links = null);

public sealed record MollieEmbeddedPayments(IReadOnlyList<MolliePayment> Payments);

/// <summary>The ways to pay of a profile.</summary>
public sealed record MollieMethodList([property: JsonPropertyName("_embedded")] MollieEmbeddedMethods Embedded);

public sealed record MollieEmbeddedMethods(IReadOnlyList<MollieMethod> Methods);

/// <param name="MaximumAmount">Null: none of its own.</param>
public sealed record MollieMethod(string Id, MollieAmount MinimumAmount, MollieAmount? MaximumAmount = null);

/// <summary>An answer without a body.</summary>
public sealed record MollieNothing;

public sealed record MollieProfile(string Id, string Mode, string Name);

/// <summary>Mollie's refusal; <c>Detail</c> is for people and logs, never to branch on.</summary>
public sealed record MollieError(int Status, string? Title = null, string? Detail = null, string? Field = null);

// A payment without an id, a status or an amount is no answer: better no answer than a wrong one.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewMolliePayment))]
[JsonSerializable(typeof(MolliePayment))]
[JsonSerializable(typeof(MolliePaymentList))]
[JsonSerializable(typeof(MollieProfile))]
[JsonSerializable(typeof(MollieMethodList))]
[JsonSerializable(typeof(NewMollieRefund))]
[JsonSerializable(typeof(MollieNothing))]
[JsonSerializable(typeof(MollieRefund))]
[JsonSerializable(typeof(MollieReturnList))]
[JsonSerializable(typeof(MollieError))]
internal sealed partial class MollieJson : JsonSerializerContext;
