using Dapper;
using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;

namespace PayLinks.Api.Refunds;

/// <summary>
/// Stops a refund: at once when Mollie has not been asked, at Mollie while it is still queued or pending there.
/// </summary>
public sealed class CancelRefund(
    NpgsqlDataSource database, MollieClient mollie, MollieAccounts accounts, AskMollie ask, ApplyRefunds apply,
    ShowLink show, Wakeups wakeups)
{
    private const string FindSql =
        """
        select r.mollie_id, p.mollie_id as mollie_payment_id
        from refund r join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id
        where r.merchant_id = paylinks_merchant() and r.id = @refundId
        """;

    /// <summary>Asks Mollie where that is needed, before any transaction, and writes down what came of it.</summary>
    public async Task<RefundOutcome> ExecuteAsync(
        Actor actor, Guid linkId, Guid refundId, CancellationToken cancellationToken)
    {
        string? mollieId, molliePaymentId;
        MollieAccount? account;
        RefundView? refund;
        await using (var transaction = await database.BeginAsync(actor.MerchantId, cancellationToken))
        {
            if (await transaction.LockLinkAsync(actor, linkId) is null
                || (refund = await FindAsync(transaction, actor, linkId, refundId)) is null)
            {
                return new RefundOutcome.NotFound();
            }

            if (refund.Status == RefundStatus.Requested)
            {
                await apply.EndAsync(
                    transaction, refund.PaymentId, refundId, RefundStatus.Canceled, failureReason: null, actor.Name);
                await transaction.CommitAsync(CancellationToken.None);
                wakeups.Link(actor.MerchantId, linkId);
                return new RefundOutcome.Done(refund with { Status = RefundStatus.Canceled });
            }

            if (refund.Status == RefundStatus.Canceled)
            {
                return new RefundOutcome.Done(refund);
            }

            (mollieId, molliePaymentId) = await transaction.Connection.QuerySingleAsync<(string?, string)>(
                FindSql, new { refundId });
            account = await accounts.FindAsync(transaction, actor.Mode);
        }

        if (!refund.IsCancelable || mollieId is null)
        {
            return new RefundOutcome.Conflict(RefundConflicts.RefundUnderWay);
        }

        await mollie.CancelRefundAsync(account!.Key, molliePaymentId!, mollieId, cancellationToken);
        await ask.AboutAsync(actor.MerchantId, refund.PaymentId, CancellationToken.None);
        await using var reading = await database.BeginAsync(actor.MerchantId, CancellationToken.None);
        var now = (await FindAsync(reading, actor, linkId, refundId))!;
        return now.Status == RefundStatus.Canceled
            ? new RefundOutcome.Done(now)
            : new RefundOutcome.Conflict(RefundConflicts.RefundUnderWay);
    }

    private async Task<RefundView?> FindAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, Guid refundId) =>
        (await show.FindAsync(transaction, actor, linkId))?.Refunds.FirstOrDefault(refund => refund.Id == refundId);
}
