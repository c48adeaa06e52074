namespace PayLinks.Core.Messages;

/// <summary>
/// Where one SMS or email stands. The database holds the same moves in <c>message_move</c>, and a test compares the
/// two.
/// </summary>
public enum MessageStatus
{
    Queued,

    /// <summary>Leased by a worker that is talking to the provider.</summary>
    Sending,
    Accepted,
    Delivered,
    Undelivered,
    Failed,

    /// <summary>The provider may or may not have it: the answer was lost.</summary>
    Unknown,

    /// <summary>Not sent, because it had lost its purpose before its turn came.</summary>
    Suppressed,
}

public static class MessageMoves
{
    public static bool MayBecome(this MessageStatus from, MessageStatus to) => from switch
    {
        MessageStatus.Queued => to is MessageStatus.Sending or MessageStatus.Suppressed,
        MessageStatus.Sending => to is MessageStatus.Queued or MessageStatus.Accepted
            or MessageStatus.Failed or MessageStatus.Unknown,
        MessageStatus.Unknown => to is MessageStatus.Accepted or MessageStatus.Queued,
        MessageStatus.Accepted => to is MessageStatus.Delivered or MessageStatus.Undelivered or MessageStatus.Failed,
        MessageStatus.Delivered or MessageStatus.Undelivered
            or MessageStatus.Failed or MessageStatus.Suppressed => false,
    };
}
