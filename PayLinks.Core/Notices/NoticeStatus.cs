namespace PayLinks.Core.Notices;

/// <summary>
/// Where one notice stands: an event that one webhook endpoint of the merchant's is to be told of. The database holds
/// the same moves in <c>notice_move</c>, and a test compares the two.
/// </summary>
public enum NoticeStatus
{
    Pending,

    /// <summary>Posted without success; it is posted again when it is due.</summary>
    Retry,
    Delivered,

    /// <summary>Posted often enough, or its endpoint is gone. The merchant may ask for it again.</summary>
    Dead,
}

/// <summary>What one post of a notice came to.</summary>
public enum NoticeOutcome
{
    /// <summary>A status from 200 to 299.</summary>
    Delivered,

    /// <summary>Any other status, redirects among them.</summary>
    Refused,

    /// <summary>410: the endpoint wants no more.</summary>
    Gone,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>The address is none that we post to.</summary>
    Blocked,
}

public static class NoticeMoves
{
    public static bool MayBecome(this NoticeStatus from, NoticeStatus to) => from switch
    {
        NoticeStatus.Pending or NoticeStatus.Retry =>
            to is NoticeStatus.Delivered or NoticeStatus.Retry or NoticeStatus.Dead,
        NoticeStatus.Delivered or NoticeStatus.Dead => to is NoticeStatus.Pending,   // asked for again
    };
}
