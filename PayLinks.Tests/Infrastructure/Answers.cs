using System.Text.Json;

namespace PayLinks.Tests.Infrastructure;

// What our API and the sandbox answer, as far as tests look at it.

public sealed record Amount(string Value, string Currency);

public sealed record LinkMessage(string Id, string Channel, string Purpose, string To, string Status, string? Reason);

public sealed record LinkCard(string? Brand, string? Last4);

public sealed record LinkPayment(string Id, string Status, string? Method, LinkCard? Card, string? FailureReason,
    bool Surplus);

public sealed record LinkRefund(
    string Id, string Payment, string Status, Amount Amount, string Cause, string? Reason, string? FailureReason);

public sealed record LinkDispute(string Id, string Status, Amount Amount);

/// <summary>A link as <c>GET /v1/links/{id}</c> tells it.</summary>
public sealed record Link(
    string Id, string Status, string Url, Amount Amount, string Description, string? Reference,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ExpiresAt, DateTimeOffset? PaidAt, bool Late,
    Amount Refunded, IReadOnlyList<LinkMessage> Messages, IReadOnlyList<LinkPayment> Payments,
    IReadOnlyList<LinkRefund> Refunds, IReadOnlyList<LinkDispute> Disputes)
{
    public override string ToString() =>
        $"{Status}, messages [{string.Join(' ', Messages.Select(message => $"{message.Purpose}:{message.Status}"))}]"
        + $", payments [{string.Join(' ', Payments.Select(payment => payment.Status))}]"
        + $", refunds [{string.Join(' ', Refunds.Select(refund => refund.Status))}]";
}

/// <summary>A line of <c>GET /v1/links/{id}/events</c>.</summary>
public sealed record LinkEvent(string Id, string Type, int Sequence, DateTimeOffset CreatedAt);

public sealed record Page<T>(IReadOnlyList<T> Data, bool HasMore, string? NextCursor);

/// <summary>What <c>GET /p/{token}/status</c> tells the waiting page.</summary>
public sealed record PageStatus(string Status, PageStatusPayment? Payment);

public sealed record PageStatusPayment(string Status, string? FailureReason);

/// <summary>A message that a provider has accepted, in <c>GET /sandbox/messages</c>.</summary>
public sealed record AcceptedMessage(
    string Id, string Provider, string Channel, string To, string From, string? Subject, string Text, string? Html,
    string Status, IReadOnlyDictionary<string, string>? Headers = null, int? Segments = null);

/// <summary>A refund in Mollie's books, in <c>GET /sandbox/refunds</c>.</summary>
public sealed record MollieRefundBooking(string Id, string PaymentId, Amount Amount, string Status);

/// <summary>A payment in Mollie's books, in <c>GET /sandbox/payments</c>.</summary>
public sealed record MollieBooking(
    string Id, string Status, Amount Amount, string? Method, string Description, JsonElement Metadata,
    string? WebhookUrl)
{
    /// <summary>True if its metadata name this link or payment of ours.</summary>
    public bool IsOf(string publicId) => Metadata.ToString().Contains(publicId, StringComparison.Ordinal);
}
