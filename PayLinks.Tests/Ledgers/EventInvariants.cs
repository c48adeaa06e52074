namespace PayLinks.Tests.Ledgers;

/// <summary>
/// The events of a link, read from the first to the last, lead to what is there now; each has its notice.
/// </summary>
internal static class EventInvariants
{
    public static IEnumerable<string> Check(OurBooks ours)
    {
        var byLink = ours.Events.ToLookup(happened => happened.LinkId);
        var byPayment = ours.Events.Where(happened => happened.PaymentTo is not null)
            .ToLookup(happened => happened.PaymentId!.Value);
        var byRefund = ours.Events.Where(happened => happened.RefundTo is not null)
            .ToLookup(happened => happened.RefundId!.Value);
        var byMessage = ours.Events.Where(happened => happened.MessageTo is not null)
            .ToLookup(happened => happened.MessageId!.Value);
        return
        [
            .. ours.Links.SelectMany(link => Numbers(link, [.. byLink[link.Id]])),
            .. ours.Links.SelectMany(link => Fold(
                $"Link {link.Name}", "open", link.Status,
                byLink[link.Id].Where(happened => happened.LinkTo is not null)
                    .Select(happened => (happened.LinkFrom, happened.LinkTo!)))),
            .. ours.Payments.SelectMany(payment => Fold(
                $"Payment {payment.Name}", null, payment.Status,
                byPayment[payment.Id].Select(happened => (happened.PaymentFrom, happened.PaymentTo!)))),
            .. ours.Refunds.SelectMany(refund => Fold(
                $"Refund {refund.Name}", null, refund.Status,
                byRefund[refund.Id].Select(happened => (happened.RefundFrom, happened.RefundTo!)))),
            .. ours.Messages.SelectMany(message => Sent(message, [.. byMessage[message.Id]])),
            .. ours.EventsWithoutNotice.Select(missing =>
                $"Event {missing.Event} has no notice to the endpoint {missing.Endpoint}."),
        ];
    }

    private static IEnumerable<string> Numbers(OurLink link, IReadOnlyList<OurEvent> events)
    {
        if (!events.Select(happened => happened.Sequence).SequenceEqual(Enumerable.Range(1, events.Count)))
        {
            yield return $"Link {link.Name} has events numbered "
                + $"{string.Join(", ", events.Select(happened => happened.Sequence))}.";
        }

        if (events.Count != link.LastSequence)
        {
            yield return $"Link {link.Name} has {events.Count} events and has counted {link.LastSequence}.";
        }

        if (events is not [{ Type: "link.created" }, ..])
        {
            yield return $"Link {link.Name} does not begin with its creation.";
        }
    }

    // Each move begins where the one before ended, and the last one ends at what is stored.
    private static IEnumerable<string> Fold(
        string what, string? beginning, string status, IEnumerable<(string? From, string To)> moves)
    {
        var now = beginning;
        foreach (var (from, to) in moves)
        {
            if (from != now)
            {
                yield return $"{what} was '{now ?? "not there"}' when an event moved it from '{from}' to '{to}'.";
            }

            now = to;
        }

        if (now != status)
        {
            yield return $"{what} is '{status}', but its events lead to '{now ?? "nothing"}'.";
        }
    }

    // Of messages, events tell what the merchant sees: what became of an invitation.
    private static IEnumerable<string> Sent(OurMessage message, IReadOnlyList<OurEvent> events)
    {
        var told = events.Count > 0 ? events[^1].MessageTo : null;
        var isToBeTold = message is
        { Purpose: "link", Status: "accepted" or "delivered" or "undelivered" or "failed" };
        if (told != message.Status && (isToBeTold || told is not null))
        {
            yield return $"Message {message.Name} is '{message.Status}', but its events lead to '{told ?? "nothing"}'.";
        }
    }
}
