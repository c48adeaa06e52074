using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;

namespace PayLinks.Core.Refunds;

public enum RefundCause
{
    /// <summary>The merchant wants it.</summary>
    Merchant,

    /// <summary>The link had already been paid by another payment.</summary>
    Surplus,

    /// <summary>The money came after the link's end, and the merchant does not keep such money.</summary>
    Late,

    /// <summary>Made at Mollie itself, and found there.</summary>
    External,
}

/// <param name="AmountMinor">In minor units of the payment's currency; null for all that is left.</param>
/// <param name="Reason">The merchant's words for the customer, up to 140 characters.</param>
public sealed record NewRefund(
    Guid LinkId, Guid PaymentId, RefundCause Cause, long? AmountMinor, string? Reason, string Actor);

/// <summary>What became of a wish for a refund.</summary>
public abstract record RefundRequest
{
    private RefundRequest()
    {
    }

    public sealed record Requested(Guid RefundId) : RefundRequest;

    /// <summary>There is less left to give back than was asked for.</summary>
    public sealed record TooMuch(Money Left) : RefundRequest;

    /// <summary>
    /// The same amount of the same payment was refunded within the hour, which Mollie would refuse as well.
    /// </summary>
    public sealed record Duplicate : RefundRequest;
}

/// <summary>
/// Writes down that money is to go back: the only way a refund of ours begins. The payment's row bounds the sum, so ten
/// requests at once give back no more than was captured.
/// </summary>
public static class RequestRefund
{
    // The link's lock comes first, as everywhere; then nobody else changes this payment's sums.
    private const string LockSql =
        """
        select p.mode, p.amount_minor, p.currency, p.amount_minor - p.refunding_minor
            - coalesce((select sum(r.amount_minor) from refund r
                where r.merchant_id = p.merchant_id and r.payment_id = p.id and r.cause = 'external'
                    and r.status not in ('failed', 'canceled')), 0)::bigint
            - coalesce((select sum(d.amount_minor) from dispute d
                where d.merchant_id = p.merchant_id and d.payment_id = p.id and d.status = 'received'), 0)::bigint
            as left_minor,
            (select count(*)::int from refund r
                where r.merchant_id = p.merchant_id and r.payment_id = p.id and r.cause = @Cause
                    and r.status = 'failed') as failed_before
        from payment p
        join link l on l.merchant_id = p.merchant_id and l.id = p.link_id
        where p.merchant_id = paylinks_merchant() and p.id = @PaymentId and p.link_id = @LinkId and p.status = 'paid'
        for update of l
        """;

    private const string FindEqualSql =
        """
        select exists (select from refund
            where merchant_id = paylinks_merchant() and payment_id = @PaymentId and amount_minor = @amountMinor
                and status not in ('failed', 'canceled') and created_at > paylinks_now() - interval '1 hour')
        """;

    private const string ReserveSql =
        """
        update payment set refunding_minor = refunding_minor + @AmountMinor
        where merchant_id = paylinks_merchant() and id = @PaymentId
        """;

    private const string InsertSql =
        """
        insert into refund (merchant_id, id, link_id, payment_id, mode, cause, status, amount_minor, currency, reason,
            requested_by, created_at, due_at)
        values (paylinks_merchant(), @Id, @LinkId, @PaymentId, @Mode, @Cause, 'requested', @AmountMinor, @Currency,
            @Reason, @Actor, paylinks_now(), paylinks_now() + @Wait)
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Asks for a refund of a paid payment; Mollie is asked after the commit.</summary>
        /// <exception cref="InvalidOperationException">The payment is not a paid one of this link.</exception>
        public async Task<RefundRequest> RequestRefundAsync(NewRefund wanted)
        {
            var payment = await transaction.Connection.QuerySingleAsync<Locked>(
                LockSql, new { wanted.LinkId, wanted.PaymentId, Cause = wanted.Cause.ToText() });
            var amountMinor = wanted.AmountMinor ?? payment.LeftMinor;
            if (amountMinor > payment.LeftMinor || amountMinor <= 0)
            {
                return new RefundRequest.TooMuch(
                    new Money(Math.Max(payment.LeftMinor, 0), Currency.Get(payment.Currency)));
            }

            if (wanted.Cause == RefundCause.Merchant && await transaction.Connection.ExecuteScalarAsync<bool>(
                FindEqualSql, new { wanted.PaymentId, amountMinor }))
            {
                return new RefundRequest.Duplicate();
            }

            var id = Guid.CreateVersion7();
            await transaction.Connection.ExecuteAsync(
                ReserveSql, new { wanted.PaymentId, AmountMinor = amountMinor });
            await transaction.Connection.ExecuteAsync(InsertSql, new
            {
                Id = id,
                wanted.LinkId,
                wanted.PaymentId,
                payment.Mode,
                Cause = wanted.Cause.ToText(),
                AmountMinor = amountMinor,
                payment.Currency,
                wanted.Reason,
                wanted.Actor,
                Wait = WaitAfter(wanted.Cause, payment.FailedBefore),
            });
            await transaction.RecordAsync(new NewEvent(wanted.LinkId, EventTypes.RefundRequested, wanted.Actor)
            {
                Refund = (id, null, RefundStatus.Requested),
                Data = RefundData.Of(new Money(amountMinor, Currency.Get(payment.Currency)), wanted.Cause),
            });
            FailPoint.Fail("refund.to-request");
            return new RefundRequest.Requested(id);
        }
    }

    // A rule's refund that failed is asked for again, but Mollie refuses an equal one within the hour.
    private static TimeSpan WaitAfter(RefundCause cause, int failures) => cause == RefundCause.Merchant
        ? TimeSpan.Zero
        : TimeSpan.FromMinutes(61 * Math.Min(failures, 24));

    private sealed record Locked(
        string Mode, long AmountMinor, string Currency, long LeftMinor, int FailedBefore);
}

internal static class RefundData
{
    /// <summary>What a refund's events tell the timeline.</summary>
    public static Dictionary<string, string> Of(Money amount, RefundCause cause) => new(StringComparer.Ordinal)
    {
        ["amount"] = amount.Value,
        ["currency"] = amount.Currency.Code,
        ["cause"] = cause.ToText(),
    };
}
