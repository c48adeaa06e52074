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
public sealed record MollieMetadata(string? Link, string? Payment);

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
    [property: JsonPropertyName("_links")] MollieLinks? Links = null)
{
    /// <summary>Our payment's public id, where the metadata is ours.</summary>
    public string? OurPayment =>
        Metadata is { ValueKind: JsonValueKind.Object } metadata
        && metadata.TryGetProperty("payment", out var ours)
        && ours.ValueKind == JsonValueKind.String
            ? ours.GetString()
            : null;
}

public sealed record MollieDetails(string? CardNumber = null, string? CardLabel = null, string? FailureReason = null);

public sealed record MollieLinks(MollieHref? Checkout = null, MollieHref? Next = null);

public sealed record MollieHref(string Href);

public sealed record MolliePaymentList(
    [property: JsonPropertyName("_embedded")] MollieEmbeddedPayments Embedded,
    [property: JsonPropertyName("_links")] MollieLinks? Links = null);

public sealed record MollieEmbeddedPayments(IReadOnlyList<MolliePayment> Payments);

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
[JsonSerializable(typeof(MollieError))]
internal sealed partial class MollieJson : JsonSerializerContext;
