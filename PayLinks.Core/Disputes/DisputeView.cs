namespace PayLinks.Core.Disputes;

/// <summary>Money that the customer's bank took back.</summary>
/// <param name="Reason">The bank's code for it.</param>
public sealed record DisputeView(
    Guid Id,
    Guid PaymentId,
    DisputeStatus Status,
    Money Amount,
    string? Reason,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? ReversedAt);
