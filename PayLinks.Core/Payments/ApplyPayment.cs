using Dapper;
using Microsoft.Extensions.Logging;
using PayLinks.Core.Database;
using PayLinks.Core.Disputes;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Refunds;
using PayLinks.Core.Secrets;

namespace PayLinks.Core.Payments;

/// <summary>
/// Writes down what Mollie says of a payment: the only way it gets one of Mollie's statuses and a link becomes paid.
/// Payment, link, event, receipt and the merchant's notice change in one transaction, under the link's lock.
/// </summary>
public sealed partial class ApplyPayment(
    ApplyRefunds refunds, ApplyDisputes disputes, Vault vault, PayLinksOptions options, PollSchedule polls,
    ILogger<ApplyPayment> logger)
{
    // Two statements, because one that waits for a lock sees the locked row anew but all else as before the wait:
    // the same payment, applied from two sides at once, would be its own surplus.
    private const string LockAndReadSql =
        """
        select 1 from link where merchant_id = paylinks_merchant()
            and id = (select link_id from payment where merchant_id = paylinks_merchant() and id = @paymentId)
        for update;
        select p.link_id, p.mode, p.status, p.amount_minor, p.currency, p.mollie_id, p.receipt_email,
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
        where p.merchant_id = paylinks_merchant() and p.id = @paymentId
        """;

    private const string UpdateSql =
        """
        update payment
        set status = @Status,
            mollie_id = coalesce(mollie_id, @MollieId),
            checkout_url = @CheckoutUrl,
            method = coalesce(@Method, method),
            card_brand = coalesce(@CardBrand, card_brand),
            card_last4 = coalesce(@CardLast4, card_last4),
            failure_reason = @FailureReason,
            request_cipher = case when @Status in ('creating', 'unknown') then request_cipher end,
            paid_at = case when @Status = 'paid' then coalesce(paid_at, paylinks_now()) end,
            surplus = surplus or @Surplus,
            poll_at = case
                when poll_at is not distinct from @SeenPollAt then paylinks_now() + @Wait::interval
                else poll_at
            end
        where merchant_id = paylinks_merchant() and id = @PaymentId
        """;

    private const string QuarantineSql =
        """
        update payment set quarantined_at = paylinks_now(), quarantine_reason = @reason, poll_at = null
        where merchant_id = paylinks_merchant() and id = @paymentId and quarantined_at is null
        """;

    private const string ExpireSoonSql =
        "update link set expiry_due_at = paylinks_now() where merchant_id = paylinks_merchant() and id = @LinkId";

    /// <summary>Applies a fetched payment.</summary>
    /// <param name="seenPollAt">
    /// The payment's <c>poll_at</c> before Mollie was asked: if a callback has set it back since, that poll stays due.
    /// </param>
    /// <returns>The status the payment has now.</returns>
    public async Task<PaymentStatus> ApplyAsync(
        MerchantTransaction transaction, Guid paymentId, MolliePayment fetched, DateTimeOffset? seenPollAt)
    {
        var payment = await LockAsync(transaction, paymentId);
        if (Mismatch(payment, fetched) is { } mismatch)
        {
            await QuarantineAsync(transaction, payment, paymentId, mismatch);
            return payment.Status;
        }

        if (!StatusText.TryRead<PaymentStatus>(fetched.Status, out var told) || !told.IsMolliesWord())
        {
            // Mollie may add statuses; until we know one, the payment stays as it is and is asked about again.
            LogUnknownStatus(logger, paymentId, fetched.Status);
            told = payment.Status;
        }

        // A stale answer never moves a payment back.
        var moves = told != payment.Status && payment.Status.MayBecome(told);
        var now = moves ? told : payment.Status;
        var surplus = moves && now == PaymentStatus.Paid && payment.LinkStatus == LinkStatus.Paid;

        await transaction.Connection.ExecuteAsync(UpdateSql, new
        {
            PaymentId = paymentId,
            Status = now.ToText(),
            MollieId = fetched.Id,
            CheckoutUrl = now.IsUnderWay() ? fetched.Links?.Checkout?.Href : null,
            fetched.Method,
            CardBrand = fetched.Details?.CardLabel,
            fetched.Details?.CardLast4,
            fetched.Details?.FailureReason,
            Surplus = surplus,
            SeenPollAt = seenPollAt,
            Wait = now.IsFinal() ? (TimeSpan?)null : polls.WaitAt(payment.Age),
        });

        if (moves)
        {
            await RecordMoveAsync(transaction, paymentId, payment, now, surplus, fetched.Details?.FailureReason);
        }

        await refunds.ApplyAsync(transaction, paymentId, fetched.Embedded?.Refunds ?? []);
        await disputes.ApplyAsync(transaction, paymentId, fetched.Embedded?.Chargebacks ?? []);
        return now;
    }

    /// <summary>Ends a payment that Mollie refused to create, or that was proven never to have existed there.</summary>
    /// <param name="failureReason">Shown to the customer in words; one of Mollie's reasons or <c>technical</c>.</param>
    public async Task<PaymentStatus> EndUncreatedAsync(
        MerchantTransaction transaction, Guid paymentId, PaymentStatus end, string failureReason)
    {
        var payment = await LockAsync(transaction, paymentId);
        if (!payment.Status.MayBecome(end))
        {
            return payment.Status;
        }

        await WriteOffAsync(transaction, paymentId, end, failureReason, wait: null);
        await RecordMoveAsync(transaction, paymentId, payment, end, surplus: false, failureReason);
        return end;
    }

    /// <summary>Notes that the answer to a creation was lost; it will be asked for again.</summary>
    public async Task<PaymentStatus> MarkUnknownAsync(MerchantTransaction transaction, Guid paymentId, TimeSpan wait)
    {
        var payment = await LockAsync(transaction, paymentId);
        if (payment.Status is not (PaymentStatus.Creating or PaymentStatus.Unknown))
        {
            return payment.Status;
        }

        await WriteOffAsync(transaction, paymentId, PaymentStatus.Unknown, failureReason: null, wait);
        if (payment.Status == PaymentStatus.Creating)
        {
            await RecordMoveAsync(
                transaction, paymentId, payment, PaymentStatus.Unknown, surplus: false, failureReason: null);
        }

        FailPoint.Fail("payment.unknown");
        return PaymentStatus.Unknown;
    }

    /// <summary>
    /// Takes a payment out of the automatic run because Mollie's word of it cannot be ours; people decide.
    /// </summary>
    public async Task QuarantineAsync(MerchantTransaction transaction, Guid paymentId, string reason) =>
        await QuarantineAsync(transaction, await LockAsync(transaction, paymentId), paymentId, reason);

    private async Task QuarantineAsync(MerchantTransaction transaction, Locked payment, Guid paymentId, string reason)
    {
        if (payment.IsQuarantined)
        {
            return;
        }

        await transaction.Connection.ExecuteAsync(QuarantineSql, new { paymentId, reason });
        await transaction.RecordAsync(new NewEvent(payment.LinkId, EventTypes.PaymentQuarantined, "mollie")
        {
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["payment"] = PublicId.Format(PublicId.Payment, paymentId),
                ["reason"] = reason,
            },
        });
        FailPoint.Fail("payment.to-quarantine");
        LogQuarantined(logger, paymentId, reason);
    }

    private static async Task<Locked> LockAsync(MerchantTransaction transaction, Guid paymentId)
    {
        await using var answers = await transaction.Connection.QueryMultipleAsync(LockAndReadSql, new { paymentId });
        await answers.ReadAsync<int>();
        return await answers.ReadSingleAsync<Locked>();
    }

    private static async Task WriteOffAsync(
        MerchantTransaction transaction, Guid paymentId, PaymentStatus status, string? failureReason, TimeSpan? wait) =>
        await transaction.Connection.ExecuteAsync(
            """
            update payment set status = @Status, failure_reason = @failureReason,
                poll_at = paylinks_now() + @wait::interval,
                request_cipher = case when @Status in ('creating', 'unknown') then request_cipher end
            where merchant_id = paylinks_merchant() and id = @paymentId
            """,
            new { paymentId, Status = status.ToText(), failureReason, wait });

    private static string? Mismatch(Locked payment, MolliePayment fetched)
    {
        var ours = new Money(payment.AmountMinor, Currency.Get(payment.Currency));
        return payment.MollieId is not null && payment.MollieId != fetched.Id ? "another_payment"
            : fetched.Amount.Currency != ours.Currency.Code ? "currency_differs"
            : fetched.Amount.Value != ours.Value ? "amount_differs"
            : fetched.ProfileId is not null && payment.ProfileId is not null
                && fetched.ProfileId != payment.ProfileId ? "merchant_differs"
            : fetched.Mode != payment.Mode ? "mode_differs"
            : null;
    }

    private async Task RecordMoveAsync(
        MerchantTransaction transaction, Guid paymentId, Locked payment, PaymentStatus now, bool surplus,
        string? failureReason)
    {
        var pays = now == PaymentStatus.Paid && !surplus;
        var ends = (now.IsFinal() || now == PaymentStatus.Absent) && now != PaymentStatus.Paid;
        var reopens = ends && payment.LinkStatus == LinkStatus.Processing && !payment.OtherUnderWay;

        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = now.ToText() };
        if (failureReason is not null)
        {
            data["reason"] = failureReason;
        }

        await transaction.RecordAsync(new NewEvent(payment.LinkId, EventType(now, surplus), "mollie")
        {
            Payment = (paymentId, payment.Status, now),
            Link = pays ? (payment.LinkStatus, LinkStatus.Paid)
                : reopens && !payment.PastExpiry ? (LinkStatus.Processing, LinkStatus.Open)
                : null,
            Data = data,
        });

        if (pays)
        {
            await transaction.SuppressQueuedAsync(payment.LinkId, "paid");
            await transaction.TellCustomerAsync(
                payment.LinkId, payment.Mode,
                new CustomerAddress(
                    payment.ReceiptEmail ?? payment.CustomerEmail, payment.CustomerPhone, payment.Locale),
                refundId: null, vault, options);
            await transaction.QueueAsync(
                new NewMessage(payment.LinkId, payment.Mode, MessageChannel.Email, MessagePurpose.Notice,
                    payment.MerchantEmail, payment.MerchantLanguage, MessageLane.Receipt),
                vault, options);
        }

        if (RefundCauseOf(payment, pays, surplus) is { } cause)
        {
            // In the transaction that learns of the money, so that it cannot be forgotten.
            await transaction.RequestRefundAsync(
                new NewRefund(payment.LinkId, paymentId, cause, AmountMinor: null, Reason: null, "worker"));
        }
        else if (reopens && payment.PastExpiry)
        {
            await transaction.Connection.ExecuteAsync(ExpireSoonSql, new { payment.LinkId });
        }
    }

    private static RefundCause? RefundCauseOf(Locked payment, bool pays, bool surplus) =>
        surplus ? RefundCause.Surplus
        : pays && payment.LinkStatus == LinkStatus.Expired && payment.LateAfterExpiry == "refund" ? RefundCause.Late
        : pays && payment.LinkStatus == LinkStatus.Canceled && payment.LateAfterCancel == "refund" ? RefundCause.Late
        : null;

    private static string EventType(PaymentStatus now, bool surplus) => now switch
    {
        PaymentStatus.Paid => surplus ? EventTypes.PaymentSurplus : EventTypes.LinkPaid,
        PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Expired or PaymentStatus.Absent =>
            EventTypes.PaymentFailed,
        PaymentStatus.Open => EventTypes.PaymentAuthenticating,
        PaymentStatus.Creating or PaymentStatus.Unknown or PaymentStatus.Pending or PaymentStatus.Authorized =>
            EventTypes.PaymentUpdated,
    };

    private sealed record Locked(
        Guid LinkId, string Mode, PaymentStatus Status, long AmountMinor, string Currency, string? MollieId,
        string? ReceiptEmail, bool IsQuarantined, LinkStatus LinkStatus, bool PastExpiry, string Locale,
        string? CustomerPhone, string? CustomerEmail,
        string MerchantEmail, string MerchantLanguage, string LateAfterExpiry, string LateAfterCancel,
        string? ProfileId, bool OtherUnderWay, TimeSpan Age);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {PaymentId} is '{Status}' at Mollie, unknown here")]
    private static partial void LogUnknownStatus(ILogger logger, Guid paymentId, string status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Payment {PaymentId} is quarantined: {Reason}")]
    private static partial void LogQuarantined(ILogger logger, Guid paymentId, string reason);
}
