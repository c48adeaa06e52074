namespace PayLinks.Core.Links;

/// <summary>
/// Where a link stands. The database holds the same moves in <c>link_move</c>, and a test compares the two.
/// </summary>
public enum LinkStatus
{
    Open,
    Processing,
    Paid,
    Expired,
    Canceled,
}

public static class LinkMoves
{
    public static bool MayBecome(this LinkStatus from, LinkStatus to) => from switch
    {
        LinkStatus.Open => to is LinkStatus.Processing or LinkStatus.Paid or LinkStatus.Expired or LinkStatus.Canceled,
        LinkStatus.Processing => to is LinkStatus.Open or LinkStatus.Paid or LinkStatus.Expired,
        LinkStatus.Expired => to is LinkStatus.Open or LinkStatus.Paid,      // extended, or late money
        LinkStatus.Canceled => to is LinkStatus.Paid,                        // late money
        LinkStatus.Paid => false,
    };
}
