namespace PayLinks.Core.Refunds;

/// <summary>
/// Where a refund stands. From <c>Queued</c> on the words are Mollie's. The database holds the same moves in
/// <c>refund_move</c>, and a test compares the two.
/// </summary>
public enum RefundStatus
{
    /// <summary>Wanted here; Mollie has not been asked.</summary>
    Requested,

    /// <summary>Mollie is being asked.</summary>
    Creating,

    /// <summary>Mollie may or may not have it: the answer was lost.</summary>
    Unknown,

    /// <summary>Waiting at Mollie for enough balance.</summary>
    Queued,
    Pending,
    Processing,
    Refunded,
    Failed,
    Canceled,
}

public static class RefundMoves
{
    public static bool MayBecome(this RefundStatus from, RefundStatus to) => from switch
    {
        RefundStatus.Requested => to is RefundStatus.Creating or RefundStatus.Canceled,
        RefundStatus.Creating => to is RefundStatus.Unknown || to.IsMolliesWord(),
        RefundStatus.Unknown => to is RefundStatus.Requested || to.IsMolliesWord(),
        RefundStatus.Queued => to is RefundStatus.Pending or RefundStatus.Processing || to.IsFinal(),
        RefundStatus.Pending => to is RefundStatus.Processing || to.IsFinal(),
        RefundStatus.Processing => to.IsFinal(),
        RefundStatus.Refunded or RefundStatus.Failed or RefundStatus.Canceled => false,
    };

    public static bool IsFinal(this RefundStatus status) =>
        status is RefundStatus.Refunded or RefundStatus.Failed or RefundStatus.Canceled;

    /// <summary>Whether Mollie has taken it on, so that the money counts as given back unless it fails.</summary>
    public static bool IsAccepted(this RefundStatus status) =>
        status is RefundStatus.Queued or RefundStatus.Pending or RefundStatus.Processing or RefundStatus.Refunded;

    internal static bool IsMolliesWord(this RefundStatus status) => status.IsAccepted() || status.IsFinal();
}
