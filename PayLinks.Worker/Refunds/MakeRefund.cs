using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Mollie;
using PayLinks.Core.Refunds;
using RefundAnswer = PayLinks.Core.Mollie.MollieAnswer<PayLinks.Core.Mollie.MollieRefund>;

namespace PayLinks.Worker.Refunds;

/// <summary>
/// Asks Mollie to make a refund of ours, and writes down the answer. The first try and every repetition are one code
/// path, under an Idempotency-Key made of the refund's id and attempt; after that key's hour the refund is looked for
/// in Mollie's list instead, and asked for again only when it is proven not to be there. No transaction is open while
/// Mollie answers.
/// </summary>
internal sealed partial class MakeRefund(
    NpgsqlDataSource database, MollieClient mollie, MollieAccounts accounts, ApplyRefunds apply, Wakeups wakeups,
    ILogger<MakeRefund> logger)
{
    // Mollie keeps an Idempotency-Key for an hour; the margin covers clocks and a slow last try.
    private static readonly TimeSpan SameKeyFor = TimeSpan.FromMinutes(55);

    private const string FindSql =
        """
        select r.link_id, r.payment_id, r.mode, r.status, r.amount_minor, r.currency, r.reason, r.attempt,
            coalesce(paylinks_now() - r.first_asked_at, interval '0') as age, p.mollie_id as mollie_payment_id
        from refund r join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id
        where r.merchant_id = paylinks_merchant() and r.id = @refundId and r.due_at is not null
        """;

    private const string BeginSql =
        """
        update refund set status = 'creating', first_asked_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @refundId and status = 'requested'
        """;

    // Asked for again ever more slowly while Mollie does not answer.
    private const string MarkUnknownSql =
        """
        update refund set status = 'unknown',
            due_at = paylinks_now() + least((paylinks_now() - first_asked_at) * 0.5, interval '5 minutes')
                + interval '2 seconds'
        where merchant_id = paylinks_merchant() and id = @refundId and status in ('creating', 'unknown')
        """;

    private const string AskAnewSql =
        """
        update refund set status = 'requested', attempt = attempt + 1, first_asked_at = null, due_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @refundId and status = 'unknown'
        """;

    public async Task ExecuteAsync(Guid merchantId, Guid refundId)
    {
        if (await BeginAsync(merchantId, refundId) is not var (refund, account))
        {
            return;
        }

        if (refund.Age >= SameKeyFor)
        {
            await LookUpAsync(merchantId, refundId, refund, account, isConflict: false);
            return;
        }

        var ours = PublicId.Format(PublicId.Refund, refundId);
        FailPoint.Fail("refund.begun");
        var answer = await mollie.CreateRefundAsync(
            account.Key,
            refund.MolliePaymentId,
            new NewMollieRefund(
                MollieAmount.From(refund.Amount),
                refund.Reason ?? ours,
                new MollieMetadata(
                    PublicId.Format(PublicId.Link, refund.LinkId),
                    PublicId.Format(PublicId.Payment, refund.PaymentId),
                    ours)),
            $"{ours}-{refund.Attempt}",
            CancellationToken.None);

        FailPoint.Fail("refund.created");
        switch (answer)
        {
            case RefundAnswer.Done done:
                await WriteDownAsync(merchantId, refund, transaction =>
                    apply.ApplyAsync(transaction, refund.PaymentId, [done.Value]));
                break;
            case RefundAnswer.Conflicted:
                await LookUpAsync(merchantId, refundId, refund, account, isConflict: true);
                break;
            case RefundAnswer.Refused refused:
                LogRefused(logger, refundId, refused.Error.Status, refused.Error.Field, refused.Error.Detail);
                await WriteDownAsync(merchantId, refund, transaction => apply.EndAsync(
                    transaction, refund.PaymentId, refundId, RefundStatus.Failed, "refused_by_mollie"));
                break;
            default:
                await WriteDownAsync(merchantId, refund, transaction =>
                    MarkUnknownAsync(transaction, refundId, refund));
                break;
        }
    }

    // Written before Mollie is asked, so that whoever comes after a crash knows that it may have been.
    private async Task<(Row Refund, MollieAccount Account)?> BeginAsync(Guid merchantId, Guid refundId)
    {
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        if (await FindAsync(transaction, refundId) is not { } found)
        {
            return null;
        }

        await transaction.LockLinkAsync(found.LinkId);
        if (await FindAsync(transaction, refundId) is not { } refund)
        {
            return null;
        }

        if (refund.Status == RefundStatus.Requested)
        {
            await transaction.Connection.ExecuteAsync(BeginSql, new { refundId });
            await RecordAsync(transaction, refundId, refund, RefundStatus.Requested, RefundStatus.Creating);
        }

        var account = await accounts.FindAsync(transaction, refund.Mode)
            ?? throw new InvalidOperationException($"Merchant {merchantId} has no Mollie key for mode {refund.Mode}.");
        await transaction.CommitAsync(CancellationToken.None);
        return (refund with { Status = RefundStatus.Creating }, account);
    }

    private async Task LookUpAsync(
        Guid merchantId, Guid refundId, Row refund, MollieAccount account, bool isConflict)
    {
        var listed = await mollie.ListRefundsAsync(account.Key, refund.MolliePaymentId, CancellationToken.None);
        FailPoint.Fail("refund.looked-up");
        var refunds = (listed as MollieAnswer<MollieReturnList>.Done)?.Value.Embedded.Refunds;
        var ours = PublicId.Format(PublicId.Refund, refundId);
        await WriteDownAsync(merchantId, refund, async transaction =>
        {
            if (refunds is null)
            {
                await MarkUnknownAsync(transaction, refundId, refund);
            }
            else if (refunds.Any(candidate => candidate.OurRefund == ours))
            {
                await apply.ApplyAsync(transaction, refund.PaymentId, refunds);
            }
            else if (isConflict && refunds.Any(candidate => candidate.Amount.Value == refund.Amount.Value))
            {
                // Somebody has made an equal refund at Mollie itself within the hour.
                await apply.EndAsync(
                    transaction, refund.PaymentId, refundId, RefundStatus.Failed, "duplicate_refund");
            }
            else
            {
                await MarkUnknownAsync(transaction, refundId, refund);
                // A conflict may also mean that our own first request still runs: then the same key is asked again.
                if (!isConflict && await transaction.Connection.ExecuteAsync(AskAnewSql, new { refundId }) == 1)
                {
                    await RecordAsync(transaction, refundId, refund, RefundStatus.Unknown, RefundStatus.Requested);
                }
            }
        });
    }

    private static Task<Row?> FindAsync(MerchantTransaction transaction, Guid refundId) =>
        transaction.Connection.QuerySingleOrDefaultAsync<Row>(FindSql, new { refundId });

    private static async Task MarkUnknownAsync(MerchantTransaction transaction, Guid refundId, Row refund)
    {
        var now = await FindAsync(transaction, refundId);
        if (await transaction.Connection.ExecuteAsync(MarkUnknownSql, new { refundId }) == 1
            && now?.Status == RefundStatus.Creating)
        {
            await RecordAsync(transaction, refundId, refund, RefundStatus.Creating, RefundStatus.Unknown);
        }

        FailPoint.Fail("refund.unknown");
    }

    private static Task RecordAsync(
        MerchantTransaction transaction, Guid refundId, Row refund, RefundStatus from, RefundStatus to) =>
        transaction.RecordAsync(new NewEvent(refund.LinkId, EventTypes.RefundUpdated, "worker")
        {
            Refund = (refundId, from, to),
        });

    private async Task WriteDownAsync(Guid merchantId, Row refund, Func<MerchantTransaction, Task> write)
    {
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        await transaction.LockLinkAsync(refund.LinkId);
        await write(transaction);
        await transaction.CommitAsync(CancellationToken.None);
        wakeups.Link(merchantId, refund.LinkId);
        wakeups.Work(Wakeups.Messages);
    }

    private sealed record Row(
        Guid LinkId, Guid PaymentId, string Mode, RefundStatus Status, long AmountMinor, string Currency,
        string? Reason, int Attempt, TimeSpan Age, string MolliePaymentId)
    {
        public Money Amount => new(AmountMinor, Core.Currency.Get(Currency));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mollie refused refund {RefundId}: {Status} {Field} {Detail}")]
    private static partial void LogRefused(ILogger logger, Guid refundId, int status, string? field, string? detail);
}
