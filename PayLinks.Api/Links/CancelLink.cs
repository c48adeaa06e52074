using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Links;

/// <summary>
/// Cancels a link: at once when it is open, after its payment has been canceled at Mollie when one is under way.
/// Whoever was invited is told that there is nothing to pay.
/// </summary>
public sealed class CancelLink(
    NpgsqlDataSource database, AskMollie mollie, ShowLink show, Vault vault, PayLinksOptions options, Wakeups wakeups)
{
    private const string UnderWaySql =
        """
        select p.id
        from payment p join link l on l.merchant_id = p.merchant_id and l.id = p.link_id
        where p.merchant_id = paylinks_merchant() and p.link_id = @linkId and l.status = 'processing' and l.mode = @Mode
            and (not @OnlyOwn or l.created_by = @Name)
            and p.status in ('creating', 'unknown', 'open', 'pending', 'authorized')
        order by p.id
        """;

    private const string InvitedSql =
        """
        select distinct channel, recipient from message
        where merchant_id = paylinks_merchant() and link_id = @linkId and purpose in ('link', 'reminder')
            and status in ('accepted', 'delivered')
        """;

    /// <summary>Cancels in a transaction of its own and wakes whoever shows the link.</summary>
    public async Task<LinkOutcome> ExecuteAsync(Actor actor, Guid linkId, CancellationToken cancellationToken)
    {
        await EndPaymentsAsync(actor, linkId, cancellationToken);
        await using var transaction = await database.BeginAsync(actor.MerchantId, cancellationToken);
        var outcome = await ExecuteAsync(transaction, actor, linkId);
        if (outcome is LinkOutcome.Done)
        {
            await transaction.CommitAsync(CancellationToken.None);
            wakeups.AfterLink(actor, linkId, sends: true);
        }

        return outcome;
    }

    /// <summary>
    /// Cancels at Mollie what can be canceled there, before any transaction: nobody holds a lock while Mollie answers.
    /// </summary>
    public async Task EndPaymentsAsync(Actor actor, Guid linkId, CancellationToken cancellationToken)
    {
        IEnumerable<Guid> payments;
        await using (var transaction = await database.BeginAsync(actor.MerchantId, cancellationToken))
        {
            payments = await transaction.Connection.QueryAsync<Guid>(
                UnderWaySql, new { linkId, actor.Mode, actor.OnlyOwn, actor.Name });
        }

        foreach (var payment in payments)
        {
            await mollie.ToCancelAsync(actor.MerchantId, payment, cancellationToken);
        }
    }

    /// <summary>Cancels the link if no payment is under way any more. The caller commits and wakes.</summary>
    public async Task<LinkOutcome> ExecuteAsync(MerchantTransaction transaction, Actor actor, Guid linkId)
    {
        var link = await transaction.LockLinkAsync(actor, linkId);
        if (link is null)
        {
            return new LinkOutcome.NotFound();
        }

        // A payment under way may still succeed, also when the link's own time is over.
        if (link.Status == LinkStatus.Processing)
        {
            return new LinkOutcome.Conflict(Conflicts.PaymentInProgress);
        }

        if (link.WhyNotPayable is { } why)
        {
            return new LinkOutcome.Conflict(why);
        }

        await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkCanceled, actor.Name)
        {
            Link = (LinkStatus.Open, LinkStatus.Canceled),
        });
        await transaction.SuppressQueuedAsync("canceled", linkId);
        await TellInvitedAsync(transaction, actor, linkId, link.Locale);
        FailPoint.Fail("link.to-cancel");
        return new LinkOutcome.Done((await show.FindAsync(transaction, actor, linkId))!);
    }

    // Nobody is told that what they never heard of is no more.
    private async Task TellInvitedAsync(MerchantTransaction transaction, Actor actor, Guid linkId, string locale)
    {
        foreach (var (channel, recipient) in await transaction.Connection.QueryAsync<Invited>(
            InvitedSql, new { linkId }))
        {
            await transaction.QueueAsync(
                new NewMessage(
                    linkId, actor.Mode, channel, MessagePurpose.Canceled, recipient, locale, MessageLane.Receipt),
                vault, options);
        }
    }

    private sealed record Invited(MessageChannel Channel, string Recipient);
}
