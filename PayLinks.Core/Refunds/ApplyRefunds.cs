using Dapper;
using Microsoft.Extensions.Logging;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Secrets;

namespace PayLinks.Core.Refunds;

/// <summary>
/// Writes down what Mollie says of a payment's refunds: the only way they get one of Mollie's statuses.
/// The caller holds the link's lock, in the transaction in which it applies the payment.
/// </summary>
public sealed partial class ApplyRefunds(Vault vault, PayLinksOptions options, ILogger<ApplyRefunds> logger)
{
    private const string FindPaymentSql =
        """
        select p.link_id, p.mode, p.currency, p.surplus, p.receipt_email, l.locale, l.customer_email, l.customer_phone,
            m.email as merchant_email, m.language as merchant_language
        from payment p
        join link l on l.merchant_id = p.merchant_id and l.id = p.link_id
        join merchant m on m.id = p.merchant_id
        where p.merchant_id = paylinks_merchant() and p.id = @paymentId
        """;

    private const string FindRefundsSql =
        """
        select id, status, cause, amount_minor, mollie_id, reason
        from refund where merchant_id = paylinks_merchant() and payment_id = @paymentId
        """;

    private const string MoveSql =
        """
        update refund
        set status = @Status, mollie_id = coalesce(mollie_id, @MollieId), failure_reason = @FailureReason,
            refunded_at = case when @Status = 'refunded' then paylinks_now() end, due_at = null
        where merchant_id = paylinks_merchant() and id = @Id
        """;

    private const string InsertExternalSql =
        """
        insert into refund (merchant_id, id, link_id, payment_id, mode, cause, status, amount_minor, currency,
            requested_by, mollie_id, failure_reason, created_at, refunded_at)
        values (paylinks_merchant(), @Id, @LinkId, @PaymentId, @Mode, 'external', @Status, @AmountMinor, @Currency,
            'mollie', @MollieId, @FailureReason, paylinks_now(),
            case when @Status = 'refunded' then paylinks_now() end)
        """;

    private const string ReleaseSql =
        """
        update payment set refunding_minor = refunding_minor - @AmountMinor
        where merchant_id = paylinks_merchant() and id = @paymentId
        """;

    // What Mollie has taken on of the payment that settled the link; a surplus one never counted as takings. While
    // one is on its way, the payment is asked about now and then in case a callback gets lost.
    private const string SumUpSql =
        """
        update link set refunded_minor = least(amount_minor, (
            select coalesce(sum(r.amount_minor), 0) from refund r
            join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id
            where r.merchant_id = link.merchant_id and r.link_id = link.id and not p.surplus
                and r.status in ('queued', 'pending', 'processing', 'refunded')))
        where merchant_id = paylinks_merchant() and id = @LinkId;
        update payment set poll_at = least(coalesce(poll_at, 'infinity'), paylinks_now() + interval '10 minutes')
        where merchant_id = paylinks_merchant() and id = @paymentId and exists (
            select from refund r where r.merchant_id = payment.merchant_id and r.payment_id = payment.id
                and r.status in ('queued', 'pending', 'processing'));
        """;

    /// <summary>Applies the refunds of a fetched payment, those made at Mollie itself included.</summary>
    public async Task ApplyAsync(MerchantTransaction transaction, Guid paymentId, IReadOnlyList<MollieRefund> refunds)
    {
        if (refunds.Count == 0)
        {
            return;
        }

        var payment = await transaction.Connection.QuerySingleAsync<Payment>(FindPaymentSql, new { paymentId });
        var known = (await transaction.Connection.QueryAsync<Known>(FindRefundsSql, new { paymentId })).AsList();
        foreach (var told in refunds)
        {
            var ours = known.Find(refund => refund.MollieId == told.Id)
                ?? known.Find(refund => refund.MollieId is null
                    && PublicId.Format(PublicId.Refund, refund.Id) == told.OurRefund);
            await ApplyOneAsync(transaction, paymentId, payment, ours, told);
        }

        await transaction.Connection.ExecuteAsync(SumUpSql, new { paymentId, payment.LinkId });
        FailPoint.Fail("refund.applied");
    }

    /// <summary>Ends a refund that Mollie refused, or that was canceled before Mollie was asked.</summary>
    public async Task EndAsync(
        MerchantTransaction transaction, Guid paymentId, Guid refundId, RefundStatus end, string? failureReason,
        string actor = "mollie")
    {
        var payment = await transaction.Connection.QuerySingleAsync<Payment>(FindPaymentSql, new { paymentId });
        var refund = (await transaction.Connection.QueryAsync<Known>(FindRefundsSql, new { paymentId }))
            .Single(candidate => candidate.Id == refundId);
        if (refund.Status.MayBecome(end))
        {
            await MoveAsync(transaction, paymentId, payment, refund, end, refund.MollieId, failureReason, actor);
            await transaction.Connection.ExecuteAsync(SumUpSql, new { paymentId, payment.LinkId });
        }
    }

    private async Task ApplyOneAsync(
        MerchantTransaction transaction, Guid paymentId, Payment payment, Known? ours, MollieRefund told)
    {
        if (!Enum.TryParse<RefundStatus>(told.Status, ignoreCase: true, out var status) || !status.IsMolliesWord())
        {
            LogUnknownStatus(logger, told.Id, told.Status);
            return;
        }

        if (ours is null)
        {
            await AddExternalAsync(transaction, paymentId, payment, told, status);
        }
        else if (ours.Status != status && ours.Status.MayBecome(status))
        {
            var failure = status == RefundStatus.Failed ? "failed_at_bank" : null;
            await MoveAsync(transaction, paymentId, payment, ours, status, told.Id, failure);
        }
    }

    private async Task AddExternalAsync(
        MerchantTransaction transaction, Guid paymentId, Payment payment, MollieRefund told, RefundStatus status)
    {
        if (!Money.TryParse(told.Amount.Value, Currency.Get(payment.Currency), out var amount))
        {
            LogUnknownStatus(logger, told.Id, told.Amount.Value);
            return;
        }

        var id = Guid.CreateVersion7();
        await transaction.Connection.ExecuteAsync(InsertExternalSql, new
        {
            Id = id,
            payment.LinkId,
            PaymentId = paymentId,
            payment.Mode,
            Status = status.ToText(),
            AmountMinor = amount.MinorUnits,
            payment.Currency,
            MollieId = told.Id,
            FailureReason = status == RefundStatus.Failed ? "failed_at_bank" : null,
        });
        var added = new Known(id, status, RefundCause.External, amount.MinorUnits, told.Id, null);
        await AnnounceAsync(transaction, payment, added, from: null, status, failureReason: null);
    }

    private async Task MoveAsync(
        MerchantTransaction transaction, Guid paymentId, Payment payment, Known refund, RefundStatus to,
        string? mollieId, string? failureReason, string actor = "mollie")
    {
        await transaction.Connection.ExecuteAsync(MoveSql, new
        {
            refund.Id,
            Status = to.ToText(),
            MollieId = mollieId,
            FailureReason = failureReason,
        });
        var comesToNothing = to is RefundStatus.Failed or RefundStatus.Canceled;
        if (comesToNothing && refund.Cause != RefundCause.External)
        {
            await transaction.Connection.ExecuteAsync(ReleaseSql, new { paymentId, refund.AmountMinor });
        }

        await AnnounceAsync(transaction, payment, refund, refund.Status, to, failureReason, actor);
        if (to == RefundStatus.Failed && refund.Cause is RefundCause.Surplus or RefundCause.Late)
        {
            // A rule's promise to the customer stands until it is kept; a person who cancels it has decided otherwise.
            LogRuleRefundFailed(logger, refund.Id, failureReason);
            await transaction.RequestRefundAsync(
                new NewRefund(payment.LinkId, paymentId, refund.Cause, refund.AmountMinor, refund.Reason, "worker"));
        }
    }

    private async Task AnnounceAsync(
        MerchantTransaction transaction, Payment payment, Known refund, RefundStatus? from, RefundStatus to,
        string? failureReason, string actor = "mollie")
    {
        var data = RefundData.Of(new Money(refund.AmountMinor, Currency.Get(payment.Currency)), refund.Cause);
        data["status"] = to.ToText();
        if (failureReason is not null)
        {
            data["reason"] = failureReason;
        }

        await transaction.RecordAsync(new NewEvent(payment.LinkId, EventType(from, to), actor)
        {
            Refund = (refund.Id, from, to),
            Data = data,
        });

        if (to.IsAccepted() && from?.IsAccepted() != true)
        {
            await transaction.TellCustomerAsync(
                payment.LinkId, payment.Mode,
                new CustomerAddress(
                    payment.ReceiptEmail ?? payment.CustomerEmail, payment.CustomerPhone, payment.Locale),
                refund.Id, vault, options);
        }

        var firstOfRule = refund.Cause is RefundCause.Surplus or RefundCause.Late && from?.IsAccepted() != true;
        if (to == RefundStatus.Failed || firstOfRule)
        {
            await transaction.QueueAsync(
                new NewMessage(
                    payment.LinkId, payment.Mode, MessageChannel.Email, MessagePurpose.Notice,
                    payment.MerchantEmail, payment.MerchantLanguage, MessageLane.Receipt, refund.Id),
                vault, options);
        }
    }

    private static string EventType(RefundStatus? from, RefundStatus to) => to switch
    {
        RefundStatus.Refunded => EventTypes.RefundRefunded,
        RefundStatus.Failed => EventTypes.RefundFailed,
        RefundStatus.Canceled => EventTypes.RefundCanceled,
        RefundStatus.Requested or RefundStatus.Creating or RefundStatus.Unknown
            or RefundStatus.Queued or RefundStatus.Pending or RefundStatus.Processing =>
            from is null ? EventTypes.RefundRequested : EventTypes.RefundUpdated,
    };

    private sealed record Payment(
        Guid LinkId, string Mode, string Currency, bool Surplus, string? ReceiptEmail, string Locale,
        string? CustomerEmail, string? CustomerPhone, string MerchantEmail, string MerchantLanguage);

    private sealed record Known(
        Guid Id, RefundStatus Status, RefundCause Cause, long AmountMinor, string? MollieId, string? Reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mollie's {MollieId} is '{Status}', which is not known here")]
    private static partial void LogUnknownStatus(ILogger logger, string mollieId, string status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Refund {RefundId} of a rule failed ({Reason}); trying anew")]
    private static partial void LogRuleRefundFailed(ILogger logger, Guid refundId, string? reason);
}
