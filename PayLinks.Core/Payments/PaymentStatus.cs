namespace PayLinks.Core.Payments;

/// <summary>
/// Where one attempt at Mollie stands. From <c>Open</c> on the words are Mollie's; before that it is not known
/// there yet. The database holds the same moves in <c>payment_move</c>, and a test compares the two.
/// </summary>
public enum PaymentStatus
{
    /// <summary>Written down here; Mollie is being asked.</summary>
    Creating,

    /// <summary>Mollie may or may not have it: the answer was lost.</summary>
    Unknown,

    /// <summary>Proven not to exist at Mollie.</summary>
    Absent,
    Open,
    Pending,
    Authorized,
    Paid,
    Failed,
    Canceled,
    Expired,
}

public static class PaymentMoves
{
    public static bool MayBecome(this PaymentStatus from, PaymentStatus to) => from switch
    {
        PaymentStatus.Creating => to is PaymentStatus.Unknown || to.IsMolliesWord(),
        PaymentStatus.Unknown => to is PaymentStatus.Absent || to.IsMolliesWord(),
        PaymentStatus.Open => to is PaymentStatus.Pending or PaymentStatus.Authorized || to.IsFinal(),
        PaymentStatus.Pending => to is PaymentStatus.Authorized || to.IsFinal(),
        PaymentStatus.Authorized => to.IsFinal(),
        PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Expired =>
            to is PaymentStatus.Paid,                                        // the PSP's fact, alerted
        PaymentStatus.Paid or PaymentStatus.Absent => false,
    };

    public static bool IsFinal(this PaymentStatus status) =>
        status is PaymentStatus.Paid or PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Expired;

    public static bool IsUnderWay(this PaymentStatus status) =>
        status is PaymentStatus.Creating or PaymentStatus.Unknown
            or PaymentStatus.Open or PaymentStatus.Pending or PaymentStatus.Authorized;

    internal static bool IsMolliesWord(this PaymentStatus status) =>
        status.IsFinal() || status is PaymentStatus.Open or PaymentStatus.Pending or PaymentStatus.Authorized;
}
