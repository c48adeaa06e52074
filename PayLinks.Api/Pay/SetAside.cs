using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Payments;

namespace PayLinks.Api.Pay;

/// <summary>
/// Makes room for another card while a payment waits at the bank: cancels it at Mollie if Mollie lets us, else sets
/// it aside. One that was set aside no longer counts as under way; if it is paid all the same, the link's one payment
/// rule takes care of it.
/// </summary>
internal sealed class SetAside(NpgsqlDataSource database, AskMollie ask, Wakeups wakeups)
{
    private const string LockSql =
        """
        select status, expires_at <= paylinks_now() as is_past_expiry
        from link where merchant_id = paylinks_merchant() and id = @Id
        for update
        """;

    // Only what nobody has confirmed yet: what is pending or authorized may be paid any moment.
    private const string SetAsideSql =
        """
        update payment set superseded_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @paymentId and status = 'open' and superseded_at is null
        """;

    public async Task ExecuteAsync(PayLink link, Guid paymentId)
    {
        var asked = await ask.ToCancelAsync(link.MerchantId, paymentId, CancellationToken.None);
        if (asked.Status is not PaymentStatus.Open)
        {
            return;
        }

        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        var locked = await transaction.Connection.QuerySingleAsync<Locked>(LockSql, new { link.Id });
        if (locked.Status is not LinkStatus.Processing || locked.IsPastExpiry
            || await transaction.Connection.ExecuteAsync(SetAsideSql, new { paymentId }) == 0)
        {
            return;
        }

        await transaction.RecordAsync(new NewEvent(link.Id, EventTypes.PaymentUpdated, "customer")
        {
            Link = (LinkStatus.Processing, LinkStatus.Open),
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["payment"] = PublicId.Format(PublicId.Payment, paymentId),
                ["reason"] = "another_card",
            },
        });
        FailPoint.Fail("payment.set-aside");
        await transaction.CommitAsync();
        wakeups.Link(link.MerchantId, link.Id);
    }

    private sealed record Locked(LinkStatus Status, bool IsPastExpiry);
}
