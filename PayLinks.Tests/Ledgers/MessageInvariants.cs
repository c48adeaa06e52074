namespace PayLinks.Tests.Ledgers;

/// <summary>
/// No message is accepted twice, none without our knowing, and none invites to a link that has ended.
/// </summary>
internal static class MessageInvariants
{
    // A message that was leased before its link ended may still be on its way when it does.
    private static readonly TimeSpan InFlight = TimeSpan.FromSeconds(20);

    public static IEnumerable<string> Check(OurBooks ours, TheirBooks theirs) =>
        [.. Known(ours, theirs), .. Unknown(ours, theirs), .. Uninvited(ours)];

    private static IEnumerable<string> Known(OurBooks ours, TheirBooks theirs)
    {
        var there = theirs.Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var message in ours.Messages)
        {
            if (message.Status == "sending" || message is { Status: "unknown", Channel: "sms" })
            {
                yield return $"Message {message.Name} is still '{message.Status}'.";
            }

            if (message.ProviderId is { } id && !there.Contains(id))
            {
                yield return $"Message {message.Name} is {id} at its provider, which does not have it.";
            }

            if (message is { Status: "accepted" or "delivered" or "undelivered", ProviderId: null })
            {
                yield return $"Message {message.Name} is '{message.Status}', but not by any provider.";
            }
        }

        foreach (var twins in ours.Messages.Where(message => message.ProviderId is not null)
            .GroupBy(message => message.ProviderId!, StringComparer.Ordinal).Where(twins => twins.Count() > 1))
        {
            yield return $"{twins.Key} was accepted once and is {twins.Count()} messages here.";
        }
    }

    // An email whose answer was lost cannot be looked up: it stays unknown, and may have been accepted once.
    private static IEnumerable<string> Unknown(OurBooks ours, TheirBooks theirs)
    {
        var known = ours.Messages.Select(message => message.ProviderId).ToHashSet(StringComparer.Ordinal);
        var unanswered = ours.Messages.Where(message => message is { Status: "unknown", Channel: "email" })
            .CountBy(message => message.Recipient, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var message in theirs.Messages.Where(message => !known.Contains(message.Id)))
        {
            if (message.Channel == "email" && unanswered.GetValueOrDefault(message.To) > 0)
            {
                unanswered[message.To]--;
            }
            else
            {
                yield return $"A provider accepted {message.Id} ({message.Channel}), which no message here knows.";
            }
        }
    }

    private static IEnumerable<string> Uninvited(OurBooks ours)
    {
        var links = ours.Links.ToDictionary(link => link.Id);
        var moves = ours.Events.Where(happened => happened.LinkTo is not null).ToLookup(happened => happened.LinkId);
        var late =
            from message in ours.Messages
            where message is { Purpose: "link" or "reminder", ProviderId: not null, LeaseStartedAt: not null }
            let leased = message.LeaseStartedAt!.Value
            let link = links[message.LinkId]
            let before = moves[link.Id].LastOrDefault(move => move.CreatedAt <= leased)
            let ended = before is { LinkTo: "paid" or "canceled" or "expired" } ? before.CreatedAt
                : leased > link.ExpiresAt ? link.ExpiresAt
                : (DateTime?)null
            where ended is not null
            select (message, link, After: leased - ended.Value);
        foreach (var sent in late.GroupBy(sent => sent.link))
        {
            var worst = sent.MaxBy(one => one.After);
            if (sent.Count() > 1 || worst.After > InFlight)
            {
                yield return $"Link {sent.Key.Name} had ended when {sent.Count()} messages that invite to it were "
                    + $"sent, {worst.message.Name} {worst.After.TotalSeconds:0.#} s after.";
            }
        }
    }
}
