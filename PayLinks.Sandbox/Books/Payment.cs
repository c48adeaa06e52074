using System.Text.Json;

namespace PayLinks.Sandbox.Books;

/// <summary>A payment as Mollie knows it. Times are the sandbox clock's.</summary>
internal sealed record Payment
{
    public required string Id { get; init; }

    public required string ProfileId { get; init; }

    /// <summary>Of the key that made it.</summary>
    public string Mode { get; init; } = "test";

    public required Amount Amount { get; init; }

    public required string Description { get; init; }

    public required string Status { get; init; }

    public required string SequenceType { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the status became a final one.</summary>
    public DateTimeOffset? FinalAt { get; init; }

    public string? Method { get; init; }

    /// <summary>What the shopper may choose from at the hosted checkout; empty is everything.</summary>
    public IReadOnlyList<string> MethodsOffered { get; init; } = [];

    public string? RedirectUrl { get; init; }

    public string? CancelUrl { get; init; }

    public string? WebhookUrl { get; init; }

    public string? Locale { get; init; }

    public JsonElement? Metadata { get; init; }

    public JsonElement? BillingAddress { get; init; }

    public JsonElement? ShippingAddress { get; init; }

    public string? RestrictPaymentMethodsToCountry { get; init; }

    public string? CaptureMode { get; init; }

    public string? CardToken { get; init; }

    public Card? Card { get; init; }

    public string? FailureReason { get; init; }

    public string? SettlementId { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> RefundIds { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> ChargebackIds { get; init; } = [];

    public bool IsFinal => Status is
        PaymentStatus.Paid or PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Expired;

    /// <summary>
    /// Where the customer goes next: with a card, or a method that needs none, to the bank; else to choose.
    /// </summary>
    public string NextPage =>
        $"/mollie/{(Card is not null || Method is not (null or "creditcard") ? "authenticate" : "checkout")}/{Id}";

    /// <summary>Cards cannot be canceled once chosen; a checkout where nothing is chosen yet can.</summary>
    public bool IsCancelable => !IsFinal && Method is (null or "banktransfer");
}

/// <summary>Mollie's words for where a payment stands.</summary>
internal static class PaymentStatus
{
    public const string Open = "open";
    public const string Pending = "pending";
    public const string Paid = "paid";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
    public const string Expired = "expired";
}
