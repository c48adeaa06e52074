using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;

namespace PayLinks.Worker.Reconciliation;

/// <summary>
/// Expires links whose time is over, but only after Mollie has confirmed that none of their payments is live or paid:
/// what can be canceled there is canceled first, and a customer who is at the bank may finish.
/// </summary>
internal sealed partial class ExpireLinks(
    NpgsqlDataSource database, AskMollie ask, Wakeups wakeups, ReconciliationOptions options,
    ILogger<ExpireLinks> logger) : IJob
{
    private const int Concurrency = 8;

    private const string LeaseSql = "select merchant_id, id from lease_links_to_expire(@batch, @Lease)";

    private const string FindLiveSql =
        """
        select id, paylinks_now() - created_at < @Finish as may_finish
        from payment
        where merchant_id = paylinks_merchant() and link_id = @linkId and quarantined_at is null
            and status in ('creating', 'unknown', 'open', 'pending', 'authorized')
        """;

    private const string LockSql =
        """
        select l.status, l.expires_at <= paylinks_now() as is_over,
            exists (select from payment p
                where p.merchant_id = l.merchant_id and p.link_id = l.id and p.quarantined_at is null
                    and p.status in ('creating', 'unknown', 'open', 'pending', 'authorized')) as has_live_payment
        from link l
        where l.merchant_id = paylinks_merchant() and l.id = @linkId
        for update of l
        """;

    private const string ExpireLaterSql =
        "update link set expiry_due_at = expires_at where merchant_id = paylinks_merchant() and id = @linkId";

    private readonly InFlight _inFlight = new(Concurrency);

    public string Name => "expire links";

    public string? WokenBy => null;

    public TimeSpan Every => options.Every;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, TryExpireAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    // The lease sets the link's next turn, so that one which may not expire yet comes back by itself.
    private async Task<IReadOnlyList<Leased>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Leased>(new CommandDefinition(
            LeaseSql,
            new { batch, Lease = TimeSpan.FromSeconds(options.ExpireAgainSeconds) },
            cancellationToken: cancellationToken))).AsList();
    }

    private async Task TryExpireAsync(Leased link)
    {
        try
        {
            FailPoint.Fail("link.leased");
            foreach (var payment in await FindLiveAsync(link))
            {
                await (payment.MayFinish
                    ? ask.AboutAsync(link.MerchantId, payment.Id, CancellationToken.None)
                    : ask.ToCancelAsync(link.MerchantId, payment.Id, CancellationToken.None));
            }

            await ExpireAsync(link.MerchantId, link.Id);
        }
#pragma warning disable CA1031 // One link that cannot be expired must not stop the others; all show it as expired.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, link.Id);
        }
    }

    private async Task<IReadOnlyList<Live>> FindLiveAsync(Leased link)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        return (await transaction.Connection.QueryAsync<Live>(
            FindLiveSql, new { linkId = link.Id, Finish = TimeSpan.FromSeconds(options.FinishSeconds) })).AsList();
    }

    private async Task ExpireAsync(Guid merchantId, Guid linkId)
    {
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        var link = await transaction.Connection.QuerySingleAsync<Locked>(LockSql, new { linkId });
        if (link.Status is not (LinkStatus.Open or LinkStatus.Processing) || (link.IsOver && link.HasLivePayment))
        {
            return;
        }

        if (link.IsOver)
        {
            await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkExpired, "worker")
            {
                Link = (link.Status, LinkStatus.Expired),
            });
            await transaction.SuppressQueuedAsync(DeliveryReason.Expired, linkId);
            FailPoint.Fail("link.to-expire");
        }
        else
        {
            // It was extended since it fell due.
            await transaction.Connection.ExecuteAsync(ExpireLaterSql, new { linkId });
        }

        await transaction.CommitAsync(CancellationToken.None);
        wakeups.Link(merchantId, linkId);
    }

    private sealed record Leased(Guid MerchantId, Guid Id);

    private sealed record Live(Guid Id, bool MayFinish);

    private sealed record Locked(LinkStatus Status, bool IsOver, bool HasLivePayment);

    [LoggerMessage(Level = LogLevel.Error, Message = "Expiring link {LinkId} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid linkId);
}
