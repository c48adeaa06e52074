namespace PayLinks.Core.Refunds;

/// <summary>Money on its way back to the customer.</summary>
/// <param name="Reason">The merchant's words to the customer.</param>
/// <param name="FailureReason">Why it came to nothing; null while that is not so.</param>
public sealed record RefundView(
    Guid Id,
    Guid PaymentId,
    RefundStatus Status,
    RefundCause Cause,
    Money Amount,
    string? Reason,
    string? FailureReason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RefundedAt)
{
    /// <summary>Until Mollie has begun to move the money.</summary>
    public bool IsCancelable => Status is RefundStatus.Requested or RefundStatus.Queued or RefundStatus.Pending;

    /// <summary>Whether the money counts as gone, or as going.</summary>
    public bool Holds => Status is not (RefundStatus.Failed or RefundStatus.Canceled);
}
