namespace PayLinks.Tests.Ledgers;

/// <summary>What a bank took back there is disputed here: the same money of the same payment, as it stands.</summary>
internal static class DisputeInvariants
{
    public static IEnumerable<string> Check(OurBooks ours, TheirBooks theirs) =>
        [.. Known(ours, theirs), .. Unknown(ours, theirs), .. Untold(ours)];

    private static IEnumerable<string> Known(OurBooks ours, TheirBooks theirs)
    {
        var there = theirs.Chargebacks.ToDictionary(chargeback => chargeback.Id, StringComparer.Ordinal);
        var payments = ours.Payments.ToDictionary(payment => payment.Id);
        foreach (var dispute in ours.Disputes)
        {
            if (!there.TryGetValue(dispute.MollieId, out var chargeback))
            {
                yield return $"Dispute {dispute.Name} is {dispute.MollieId} at Mollie, which Mollie does not have.";
                continue;
            }

            if (chargeback.Status != dispute.Status)
            {
                yield return $"Dispute {dispute.Name} is '{dispute.Status}' here and {chargeback.Id} is "
                    + $"'{chargeback.Status}' at Mollie.";
            }

            if (chargeback.Minor != dispute.AmountMinor || chargeback.Amount.Currency != dispute.Currency)
            {
                yield return $"Dispute {dispute.Name} is of {dispute.AmountMinor} {dispute.Currency} (minor units) "
                    + $"here and {chargeback.Id} of {chargeback.Minor} {chargeback.Amount.Currency} at Mollie.";
            }

            if (payments[dispute.PaymentId].MollieId != chargeback.PaymentId)
            {
                yield return $"Dispute {dispute.Name} takes back another payment here than {chargeback.Id} at Mollie.";
            }
        }
    }

    // A payment set apart for people is not read any further.
    private static IEnumerable<string> Unknown(OurBooks ours, TheirBooks theirs)
    {
        var payments = ours.Payments.Where(payment => !payment.Quarantined).Select(payment => payment.MollieId)
            .ToHashSet(StringComparer.Ordinal);
        var known = ours.Disputes.Select(dispute => dispute.MollieId).ToHashSet(StringComparer.Ordinal);
        return theirs.Chargebacks
            .Where(chargeback => payments.Contains(chargeback.PaymentId) && !known.Contains(chargeback.Id))
            .Select(chargeback => $"Mollie has {chargeback.Id} ('{chargeback.Status}', {chargeback.Amount.Value} "
                + $"{chargeback.Amount.Currency}) of {chargeback.PaymentId}, which is none of the disputes here.");
    }

    // Disputes have no moves among the events, so they are counted.
    private static IEnumerable<string> Untold(OurBooks ours)
    {
        var disputes = ours.Disputes.ToLookup(dispute => dispute.LinkId);
        var events = ours.Events.ToLookup(happened => happened.LinkId);
        foreach (var link in ours.Links)
        {
            var (received, reversed) = (Count("dispute.received"), Count("dispute.reversed"));
            var (all, over) = (disputes[link.Id].Count(), disputes[link.Id].Count(one => one.Status == "reversed"));
            if ((received, reversed) != (all, over))
            {
                yield return $"Link {link.Name} has {all} disputes, {over} of them reversed, but its events tell of "
                    + $"{received} and {reversed}.";
            }

            int Count(string type) => events[link.Id].Count(happened => happened.Type == type);
        }
    }
}
