using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Mollie;

namespace PayLinks.Core.Payments;

/// <summary>A payment with its link, which is locked, and what the merchant wants in such cases.</summary>
/// <param name="OtherUnderWay">The link has another payment that may still be paid.</param>
/// <param name="Age">Since the customer began.</param>
internal sealed record LockedPayment(
    Guid Id, Guid LinkId, string Mode, PaymentStatus Status, long AmountMinor, string Currency, string? MollieId,
    string? ReceiptEmail, bool IsQuarantined, LinkStatus LinkStatus, bool PastExpiry, string Locale,
    string? CustomerPhone, string? CustomerEmail,
    string MerchantEmail, string MerchantLanguage, string LateAfterExpiry, string LateAfterCancel,
    string? ProfileId, bool OtherUnderWay, TimeSpan Age)
{
    /// <summary>Another has paid the link before.</summary>
    public bool IsSurplusAt(PaymentStatus now) =>
        Status != now && now == PaymentStatus.Paid && LinkStatus == LinkStatus.Paid;

    /// <summary>Why this cannot be the same payment; null if it can.</summary>
    public string? MismatchWith(MolliePayment fetched)
    {
        var ours = new Money(AmountMinor, Core.Currency.Get(Currency));
        return MollieId is not null && MollieId != fetched.Id ? "another_payment"
            : fetched.Amount.Currency != ours.Currency.Code ? "currency_differs"
            : fetched.Amount.Value != ours.Value ? "amount_differs"
            : fetched.ProfileId is not null && ProfileId is not null && fetched.ProfileId != ProfileId
                ? "merchant_differs"
            : fetched.Mode != Mode ? "mode_differs"
            : null;
    }
}

internal static class LockPayments
{
    // Two statements, because one that waits for a lock sees the locked row anew but all else as before the wait:
    // the same payment, applied from two sides at once, would be its own surplus.
    private const string LockSql =
        """
        select id from link
        where merchant_id = paylinks_merchant()
            and id in (select link_id from payment where merchant_id = paylinks_merchant() and id = any(@paymentIds))
        order by id
        for update;
        select p.id, p.link_id, p.mode, p.status, p.amount_minor, p.currency, p.mollie_id, p.receipt_email,
            p.quarantined_at is not null as is_quarantined,
            l.status as link_status, l.expires_at <= paylinks_now() as past_expiry, l.locale,
            l.customer_phone, l.customer_email, m.email as merchant_email, m.language as merchant_language,
            m.late_after_expiry, m.late_after_cancel, a.profile_id,
            exists (select from payment other
                where other.merchant_id = p.merchant_id and other.link_id = p.link_id and other.id <> p.id
                    and other.status in ('creating', 'unknown', 'open', 'pending', 'authorized')
                    and other.superseded_at is null) as other_under_way,
            paylinks_now() - p.created_at as age
        from payment p
        join link l on l.merchant_id = p.merchant_id and l.id = p.link_id
        join merchant m on m.id = p.merchant_id
        left join mollie_account a on a.merchant_id = p.merchant_id and a.mode = p.mode
        where p.merchant_id = paylinks_merchant() and p.id = any(@paymentIds)
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Holds the links of these payments to the end of the transaction, in the order of their ids, as everybody
        /// does who locks several.
        /// </summary>
        public async Task<IEnumerable<LockedPayment>> LockPaymentsAsync(IEnumerable<Guid> paymentIds)
        {
            await using var answers = await transaction.Connection.QueryMultipleAsync(
                LockSql, new { paymentIds = paymentIds.ToArray() });
            await answers.ReadAsync<Guid>();
            return await answers.ReadAsync<LockedPayment>();
        }
    }
}
