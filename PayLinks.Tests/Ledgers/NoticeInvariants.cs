namespace PayLinks.Tests.Ledgers;

/// <summary>
/// What happened was told to the merchant's program, or is seen to have been given up; and nothing else was told.
/// </summary>
internal static class NoticeInvariants
{
    public static IEnumerable<string> Check(Told told, OurBooks ours)
    {
        var heard = told.Notices.ToList();
        return [.. Delivered(told, heard, ours), .. Heard(heard, ours)];
    }

    // Programs of which nobody keeps what they hear cannot be asked.
    private static IEnumerable<string> Delivered(Told told, IEnumerable<HeardNotice> heard, OurBooks ours)
    {
        var taken = heard.Where(notice => notice.IsTaken).Select(notice => (notice.Url, notice.Event)).ToHashSet();
        foreach (var notice in ours.Notices.Where(notice => told.ListensAt(notice.Url)))
        {
            if (notice.Status is "pending" or "retry")
            {
                yield return $"The notice of {notice.Event} to {notice.Url} is still '{notice.Status}'.";
            }

            if (notice.Status == "delivered" && !taken.Contains((notice.Url, notice.Event)))
            {
                yield return $"The notice of {notice.Event} to {notice.Url} is 'delivered', but was not taken there.";
            }
        }
    }

    private static IEnumerable<string> Heard(IReadOnlyCollection<HeardNotice> heard, OurBooks ours)
    {
        var happened = ours.Events.Select(happened => happened.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. heard.Where(notice => !notice.IsSigned).Select(notice =>
                $"{notice.Url} was told of {notice.Event} without a good signature."),
            .. heard.Where(notice => !happened.Contains(notice.Event)).Select(notice =>
                $"{notice.Url} was told of {notice.Event}, which has not happened."),
        ];
    }
}
