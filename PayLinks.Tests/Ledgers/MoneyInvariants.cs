namespace PayLinks.Tests.Ledgers;

/// <summary>A link settles once; paid there is paid here; what went back went back once, and never too much.</summary>
internal static class MoneyInvariants
{
    public static IEnumerable<string> Check(OurBooks ours, TheirBooks theirs)
    {
        var paymentThere = theirs.Payments.ToDictionary(payment => payment.Id, StringComparer.Ordinal);
        var refundThere = theirs.Refunds.ToDictionary(refund => refund.Id, StringComparer.Ordinal);
        return
        [
            .. Payments(ours, paymentThere),
            .. UnknownPayments(ours, theirs),
            .. Links(ours, paymentThere, refundThere),
            .. Refunds(ours, paymentThere, refundThere),
            .. UnknownRefunds(ours, theirs),
            .. ReturnedTooMuch(theirs, paymentThere),
        ];
    }

    private static IEnumerable<string> Payments(OurBooks ours, Dictionary<string, TheirPayment> there)
    {
        foreach (var payment in ours.Payments.Where(payment => !payment.Quarantined))
        {
            if (payment.Status is "creating" or "unknown")
            {
                yield return $"Payment {payment.Name} is still '{payment.Status}'.";
            }

            if (payment.MollieId is null)
            {
                continue;
            }

            if (!there.TryGetValue(payment.MollieId, out var theirs))
            {
                yield return $"Payment {payment.Name} is {payment.MollieId} at Mollie, which Mollie does not have.";
                continue;
            }

            if (theirs.IsPaid != (payment.Status == "paid"))
            {
                yield return $"Payment {payment.Name} is '{payment.Status}' here and {payment.MollieId} is "
                    + $"'{theirs.Status}' at Mollie.";
            }

            if (theirs.Minor != payment.AmountMinor || theirs.Amount.Currency != payment.Currency)
            {
                yield return $"Payment {payment.Name} is of {payment.AmountMinor} {payment.Currency} (minor units) "
                    + $"here and {payment.MollieId} of {theirs.Minor} {theirs.Amount.Currency} at Mollie.";
            }

            if (theirs.ProfileId is { } profile && !ours.MerchantsByProfile[profile].Contains(payment.MerchantId))
            {
                yield return $"Payment {payment.Name} was made at Mollie with the key of another merchant ({profile}).";
            }
        }
    }

    // What names none of ours was made by somebody else who has the key.
    private static IEnumerable<string> UnknownPayments(OurBooks ours, TheirBooks theirs)
    {
        var known = ours.Payments.Select(payment => payment.MollieId).ToHashSet(StringComparer.Ordinal);
        return theirs.Payments
            .Where(payment => payment.OurPayment is not null && !known.Contains(payment.Id))
            .Select(payment => $"Mollie has {payment.Id} ('{payment.Status}', {payment.Amount.Value} "
                + $"{payment.Amount.Currency}), which is none of the payments here.");
    }

    private static IEnumerable<string> Links(
        OurBooks ours, Dictionary<string, TheirPayment> paymentThere, Dictionary<string, TheirRefund> refundThere)
    {
        var payments = ours.Payments.Where(payment => !payment.Quarantined).ToLookup(payment => payment.LinkId);
        var refunds = ours.Refunds.Where(refund => refund.Cause is "surplus" or "late")
            .ToLookup(refund => refund.LinkId);
        foreach (var link in ours.Links)
        {
            var captured = payments[link.Id]
                .Select(payment => paymentThere.GetValueOrDefault(payment.MollieId ?? ""))
                .Where(payment => payment is { IsPaid: true }).Sum(payment => payment!.Minor);
            var returned = refunds[link.Id]
                .Select(refund => refundThere.GetValueOrDefault(refund.MollieId ?? ""))
                .Where(refund => refund is { Counts: true }).Sum(refund => refund!.Minor);
            if (captured - returned != 0 && captured - returned != link.AmountMinor)
            {
                yield return $"Link {link.Name} is of {link.AmountMinor} {link.Currency} (minor units), but Mollie "
                    + $"captured {captured} and gave {returned} back by rule: neither nothing nor the amount is left.";
            }

            var settling = payments[link.Id].Count(payment => payment is { Status: "paid", Surplus: false });
            if (settling != (link.Status == "paid" ? 1 : 0))
            {
                yield return $"Link {link.Name} is '{link.Status}' and has {settling} payments that settle it.";
            }
        }
    }

    private static IEnumerable<string> Refunds(
        OurBooks ours, Dictionary<string, TheirPayment> paymentThere, Dictionary<string, TheirRefund> refundThere)
    {
        var paymentHere = ours.Payments.ToDictionary(payment => payment.Id);
        foreach (var refund in ours.Refunds)
        {
            if (refund.Status is "requested" or "creating" or "unknown")
            {
                yield return $"Refund {refund.Name} is still '{refund.Status}'.";
            }

            if (refund.MollieId is null)
            {
                continue;
            }

            if (!refundThere.TryGetValue(refund.MollieId, out var theirs))
            {
                yield return $"Refund {refund.Name} is {refund.MollieId} at Mollie, which Mollie does not have.";
                continue;
            }

            if (theirs.Counts != refund.Status is "queued" or "pending" or "processing" or "refunded")
            {
                yield return $"Refund {refund.Name} is '{refund.Status}' here and {refund.MollieId} is "
                    + $"'{theirs.Status}' at Mollie.";
            }

            if (theirs.Minor != refund.AmountMinor || theirs.Amount.Currency != refund.Currency)
            {
                yield return $"Refund {refund.Name} is of {refund.AmountMinor} {refund.Currency} (minor units) here "
                    + $"and {refund.MollieId} of {theirs.Minor} {theirs.Amount.Currency} at Mollie.";
            }

            if (paymentHere[refund.PaymentId].MollieId != theirs.PaymentId)
            {
                yield return $"Refund {refund.Name} gives back another payment here than {refund.MollieId} at Mollie.";
            }
        }
    }

    private static IEnumerable<string> UnknownRefunds(OurBooks ours, TheirBooks theirs)
    {
        var payments = ours.Payments.Select(payment => payment.MollieId).ToHashSet(StringComparer.Ordinal);
        var known = ours.Refunds.Select(refund => refund.MollieId).ToHashSet(StringComparer.Ordinal);
        return theirs.Refunds
            .Where(refund => payments.Contains(refund.PaymentId) && !known.Contains(refund.Id))
            .Select(refund => $"Mollie has {refund.Id} ('{refund.Status}', {refund.Amount.Value} "
                + $"{refund.Amount.Currency}) of {refund.PaymentId}, which is none of the refunds here.");
    }

    private static IEnumerable<string> ReturnedTooMuch(TheirBooks theirs, Dictionary<string, TheirPayment> there) =>
        theirs.Refunds.Where(refund => refund.Counts).GroupBy(refund => refund.PaymentId, StringComparer.Ordinal)
            .Where(back => there.ContainsKey(back.Key))
            .Select(back => (Payment: there[back.Key], Minor: back.Sum(refund => refund.Minor)))
            .Where(back => back.Minor > (back.Payment.IsPaid ? back.Payment.Minor : 0))
            .Select(back => $"Mollie gave {back.Minor} (minor units) of {back.Payment.Id} back, which took "
                + $"{(back.Payment.IsPaid ? back.Payment.Minor : 0)}.");
}
