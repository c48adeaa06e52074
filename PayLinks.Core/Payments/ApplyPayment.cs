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

/// <summary>What Mollie says of a payment.</summary>
/// <param name="SeenPollAt">
/// The payment's <c>poll_at</c> before Mollie was asked: if a callback has set it back since, that poll stays due.
/// </param>
public sealed record FetchedPayment(Guid PaymentId, MolliePayment Told, DateTimeOffset? SeenPollAt);

/// <summary>
/// Writes down what Mollie says of a payment: the only way it gets one of Mollie's statuses and a link becomes paid.
/// Payment, link, event, receipt and the merchant's notice change in one transaction, under the link's lock.
/// </summary>
public sealed partial class ApplyPayment(
    ApplyRefunds refunds, ApplyDisputes disputes, Vault vault, PayLinksOptions options, PollSchedule polls,
    ILogger<ApplyPayment> logger)
{
    // The link is named so that each index that begins with the merchant leads to the one row.
    private const string UpdateSql =
        """
        update payment p
        set status = n.status,
            mollie_id = coalesce(p.mollie_id, n.mollie_id),
            checkout_url = n.checkout_url,
            method = coalesce(n.method, p.method),
            card_brand = coalesce(n.card_brand, p.card_brand),
            card_last4 = coalesce(n.card_last4, p.card_last4),
            failure_reason = n.failure_reason,
            request_cipher = case when n.status in ('creating', 'unknown') then p.request_cipher end,
            paid_at = case when n.status = 'paid' then coalesce(p.paid_at, n.now) end,
            surplus = p.surplus or n.surplus,
            poll_at = case when p.poll_at is not distinct from n.seen_poll_at then n.now + n.wait else p.poll_at end
        from (
            select *, (select paylinks_now()) as now
            from unnest(@Ids, @LinkIds, @Statuses, @MollieIds, @CheckoutUrls, @Methods, @CardBrands, @CardLast4s,
                    @FailureReasons, @Surpluses, @SeenPollAts, @Waits)
                as n (id, link_id, status, mollie_id, checkout_url, method, card_brand, card_last4, failure_reason,
                    surplus, seen_poll_at, wait)) n
        where p.merchant_id = paylinks_merchant() and p.id = n.id and p.link_id = n.link_id
        """;

    private const string QuarantineSql =
        """
        update payment set quarantined_at = paylinks_now(), quarantine_reason = @reason, poll_at = null
        where merchant_id = paylinks_merchant() and id = @Id and quarantined_at is null
        """;

    private const string ExpireSoonSql =
        "update link set expiry_due_at = paylinks_now() where merchant_id = paylinks_merchant() and id = @LinkId";

    /// <summary>Applies fetched payments of one mode, each of another link.</summary>
    /// <returns>The status each payment has now.</returns>
    public async Task<IReadOnlyDictionary<Guid, PaymentStatus>> ApplyAsync(
        MerchantTransaction transaction, params IReadOnlyList<FetchedPayment> fetched)
    {
        var locked = (await transaction.LockPaymentsAsync(fetched.Select(one => one.PaymentId)))
            .ToDictionary(payment => payment.Id);
        var statuses = locked.ToDictionary(one => one.Key, one => one.Value.Status);
        var taken = new List<Taken>();
        foreach (var one in fetched)
        {
            var payment = locked[one.PaymentId];
            if (payment.MismatchWith(one.Told) is { } mismatch)
            {
                await QuarantineAsync(transaction, payment, mismatch);
                continue;
            }

            taken.Add(Take(payment, one));
            statuses[payment.Id] = taken[^1].Now;
        }

        if (taken.Count > 0)
        {
            await WriteAsync(transaction, taken);
        }

        await RecordAsync(transaction, [.. taken.Where(one => one.Now != one.Payment.Status)
            .Select(one => new Move(one.Payment, one.Now, one.Fetched.Told.Details?.FailureReason))]);
        foreach (var (paymentId, told, _) in taken.Select(one => one.Fetched))
        {
            await refunds.ApplyAsync(transaction, paymentId, told.Embedded?.Refunds ?? []);
            await disputes.ApplyAsync(transaction, paymentId, told.Embedded?.Chargebacks ?? []);
        }

        return statuses;
    }

    /// <summary>Ends a payment that Mollie refused to create, or that was proven never to have existed there.</summary>
    /// <param name="failureReason">Shown to the customer in words; one of Mollie's reasons or <c>technical</c>.</param>
    public async Task<PaymentStatus> EndUncreatedAsync(
        MerchantTransaction transaction, Guid paymentId, PaymentStatus end, string failureReason)
    {
        var payment = (await transaction.LockPaymentsAsync([paymentId])).Single();
        if (!payment.Status.MayBecome(end))
        {
            return payment.Status;
        }

        await WriteOffAsync(transaction, paymentId, end, failureReason, wait: null);
        await RecordAsync(transaction, [new Move(payment, end, failureReason)]);
        return end;
    }

    /// <summary>Notes that the answer to a creation was lost; it will be asked for again.</summary>
    public async Task<PaymentStatus> MarkUnknownAsync(MerchantTransaction transaction, Guid paymentId, TimeSpan wait)
    {
        var payment = (await transaction.LockPaymentsAsync([paymentId])).Single();
        if (payment.Status is not (PaymentStatus.Creating or PaymentStatus.Unknown))
        {
            return payment.Status;
        }

        await WriteOffAsync(transaction, paymentId, PaymentStatus.Unknown, failureReason: null, wait);
        if (payment.Status == PaymentStatus.Creating)
        {
            await RecordAsync(transaction, [new Move(payment, PaymentStatus.Unknown, FailureReason: null)]);
        }

        FailPoint.Fail("payment.unknown");
        return PaymentStatus.Unknown;
    }

    /// <summary>
    /// Takes a payment out of the automatic run because Mollie's word of it cannot be ours; people decide.
    /// </summary>
    public async Task QuarantineAsync(MerchantTransaction transaction, Guid paymentId, string reason) =>
        await QuarantineAsync(transaction, (await transaction.LockPaymentsAsync([paymentId])).Single(), reason);

    private async Task QuarantineAsync(MerchantTransaction transaction, LockedPayment payment, string reason)
    {
        if (payment.IsQuarantined)
        {
            return;
        }

        await transaction.Connection.ExecuteAsync(QuarantineSql, new { payment.Id, reason });
        await transaction.RecordAsync(new NewEvent(payment.LinkId, EventTypes.PaymentQuarantined, "mollie")
        {
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["payment"] = PublicId.Format(PublicId.Payment, payment.Id),
                ["reason"] = reason,
            },
        });
        FailPoint.Fail("payment.to-quarantine");
        LogQuarantined(logger, payment.Id, reason);
    }

    private Taken Take(LockedPayment payment, FetchedPayment fetched)
    {
        if (!StatusText.TryRead<PaymentStatus>(fetched.Told.Status, out var told) || !told.IsMolliesWord())
        {
            // Mollie may add statuses; until we know one, the payment stays as it is and is asked about again.
            LogUnknownStatus(logger, payment.Id, fetched.Told.Status);
            told = payment.Status;
        }

        // A stale answer never moves a payment back.
        return new Taken(payment, fetched, payment.Status.MayBecome(told) ? told : payment.Status);
    }

    private async Task WriteAsync(MerchantTransaction transaction, IReadOnlyList<Taken> taken)
    {
        await transaction.Connection.ExecuteAsync(UpdateSql, new
        {
            Ids = taken.Select(one => one.Payment.Id).ToArray(),
            LinkIds = taken.Select(one => one.Payment.LinkId).ToArray(),
            Statuses = taken.Select(one => one.Now.ToText()).ToArray(),
            MollieIds = taken.Select(one => one.Fetched.Told.Id).ToArray(),
            CheckoutUrls = taken.Select(one => one.Now.IsUnderWay() ? one.Fetched.Told.Links?.Checkout?.Href : null)
                .ToArray(),
            Methods = taken.Select(one => one.Fetched.Told.Method).ToArray(),
            CardBrands = taken.Select(one => one.Fetched.Told.Details?.CardLabel).ToArray(),
            CardLast4s = taken.Select(one => one.Fetched.Told.Details?.CardLast4).ToArray(),
            FailureReasons = taken.Select(one => one.Fetched.Told.Details?.FailureReason).ToArray(),
            Surpluses = taken.Select(one => one.Payment.IsSurplusAt(one.Now)).ToArray(),
            SeenPollAts = taken.Select(one => one.Fetched.SeenPollAt).ToArray(),
            Waits = taken.Select(one => one.Now.IsFinal() ? (TimeSpan?)null : polls.WaitAt(one.Payment.Age)).ToArray(),
        });
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

    private async Task RecordAsync(MerchantTransaction transaction, IReadOnlyList<Move> moves)
    {
        await transaction.RecordAsync([.. moves.Select(EventOf)]);
        await TellAsync(transaction, [.. moves.Where(move => move.Pays).Select(move => move.Payment)]);
        foreach (var move in moves)
        {
            if (RefundCauseOf(move) is { } cause)
            {
                // In the transaction that learns of the money, so that it cannot be forgotten.
                await transaction.RequestRefundAsync(new NewRefund(
                    move.Payment.LinkId, move.Payment.Id, cause, AmountMinor: null, Reason: null, "worker"));
            }
            else if (move.Reopens && move.Payment.PastExpiry)
            {
                await transaction.Connection.ExecuteAsync(ExpireSoonSql, new { move.Payment.LinkId });
            }
        }
    }

    private async Task TellAsync(MerchantTransaction transaction, IReadOnlyList<LockedPayment> paid)
    {
        if (paid.Count == 0)
        {
            return;
        }

        await transaction.SuppressQueuedAsync("paid", [.. paid.Select(payment => payment.LinkId)]);
        var receipts = paid.Select(payment => QueueMessage.ToCustomer(
            payment.LinkId, payment.Mode,
            new CustomerAddress(payment.ReceiptEmail ?? payment.CustomerEmail, payment.CustomerPhone, payment.Locale),
            refundId: null));
        var notices = paid.Select(payment => new NewMessage(
            payment.LinkId, payment.Mode, MessageChannel.Email, MessagePurpose.Notice, payment.MerchantEmail,
            payment.MerchantLanguage, MessageLane.Receipt));
        await transaction.QueueAsync([.. receipts.OfType<NewMessage>(), .. notices], vault, options);
    }

    private static NewEvent EventOf(Move move)
    {
        var (payment, now, failureReason) = move;
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = now.ToText() };
        if (failureReason is not null)
        {
            data["reason"] = failureReason;
        }

        return new NewEvent(payment.LinkId, EventType(now, move.IsSurplus), "mollie")
        {
            Payment = (payment.Id, payment.Status, now),
            Link = move.Pays ? (payment.LinkStatus, LinkStatus.Paid)
                : move.Reopens && !payment.PastExpiry ? (LinkStatus.Processing, LinkStatus.Open)
                : null,
            Data = data,
        };
    }

    private static RefundCause? RefundCauseOf(Move move) => move switch
    {
        { IsSurplus: true } => RefundCause.Surplus,
        { Pays: true, Payment: { LinkStatus: LinkStatus.Expired, LateAfterExpiry: "refund" } }
            or { Pays: true, Payment: { LinkStatus: LinkStatus.Canceled, LateAfterCancel: "refund" } } =>
            RefundCause.Late,
        _ => null,
    };

    private static string EventType(PaymentStatus now, bool surplus) => now switch
    {
        PaymentStatus.Paid => surplus ? EventTypes.PaymentSurplus : EventTypes.LinkPaid,
        PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Expired or PaymentStatus.Absent =>
            EventTypes.PaymentFailed,
        PaymentStatus.Open => EventTypes.PaymentAuthenticating,
        PaymentStatus.Creating or PaymentStatus.Unknown or PaymentStatus.Pending or PaymentStatus.Authorized =>
            EventTypes.PaymentUpdated,
    };

    /// <summary>What becomes of a payment of which Mollie's word can be ours.</summary>
    private sealed record Taken(LockedPayment Payment, FetchedPayment Fetched, PaymentStatus Now);

    private sealed record Move(LockedPayment Payment, PaymentStatus Now, string? FailureReason)
    {
        public bool IsSurplus => Payment.IsSurplusAt(Now);

        public bool Pays => Now == PaymentStatus.Paid && !IsSurplus;

        public bool Reopens => (Now.IsFinal() || Now == PaymentStatus.Absent) && Now != PaymentStatus.Paid
            && Payment.LinkStatus == LinkStatus.Processing && !Payment.OtherUnderWay;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {PaymentId} is '{Status}' at Mollie, unknown here")]
    private static partial void LogUnknownStatus(ILogger logger, Guid paymentId, string status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Payment {PaymentId} is quarantined: {Reason}")]
    private static partial void LogQuarantined(ILogger logger, Guid paymentId, string reason);
}
