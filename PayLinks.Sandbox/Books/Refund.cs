using System.Text.Json;

namespace PayLinks.Sandbox.Books;

/// <summary>A refund as Mollie knows it: queued, pending, processing, then refunded, failed or canceled.</summary>
internal sealed record Refund(
    string Id, string PaymentId, string ProfileId, Amount Amount, string Description, JsonElement? Metadata,
    string Status, DateTimeOffset CreatedAt, string Mode = "test")
{
    /// <summary>Whether its money counts against what is left to refund.</summary>
    public bool Counts => Status is not (RefundStatus.Failed or RefundStatus.Canceled);
}

/// <summary>Mollie's words for where a refund stands.</summary>
internal static class RefundStatus
{
    public const string Queued = "queued";
    public const string Pending = "pending";
    public const string Processing = "processing";
    public const string Refunded = "refunded";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
}

/// <summary>Money that a cardholder's bank took back.</summary>
internal sealed record Chargeback(
    string Id, string PaymentId, string ProfileId, Amount Amount, DateTimeOffset CreatedAt, DateTimeOffset? ReversedAt);

/// <summary>A closed settlement: what was paid since the one before, less what was refunded and charged back.</summary>
internal sealed record Settlement(
    string Id, string Reference, IReadOnlyList<Amount> Amounts, IReadOnlyList<string> PaymentIds,
    DateTimeOffset CreatedAt);
