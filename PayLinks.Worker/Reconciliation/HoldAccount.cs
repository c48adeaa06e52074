using System.Text.Json;
using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Reconciliation;

namespace PayLinks.Worker.Reconciliation;

/// <summary>A merchant's account at Mollie, leased to this worker to be reconciled.</summary>
/// <param name="Epoch">Fencing number: nothing is written under it once another worker has leased the account.</param>
internal sealed record Account(Guid MerchantId, string Mode, int Epoch);

/// <summary>A comparison that has been opened, and the period it is about.</summary>
internal sealed record Opened(Guid Id, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Another worker has taken the account over; what this one found is void.</summary>
internal sealed class TakenOverException(Account account)
    : Exception($"Another worker reconciles {account.MerchantId} ({account.Mode}).");

/// <summary>What is written down of a reconciliation: its lease, its beginning, its end.</summary>
internal sealed class HoldAccount(NpgsqlDataSource database, ReconciliationOptions options)
{
    private const string LeaseSql = "select merchant_id, mode, epoch from lease_reconciliation(@Lease)";

    private const string RenewSql =
        """
        update mollie_account set reconcile_lease_until = paylinks_now() + @Lease
        where merchant_id = paylinks_merchant() and mode = @Mode and reconcile_epoch = @Epoch
        """;

    private const string ReleaseSql =
        """
        update mollie_account set reconcile_lease_until = null, reconcile_at = paylinks_now() + @Wait
        where merchant_id = paylinks_merchant() and mode = @Mode and reconcile_epoch = @Epoch
        """;

    // One that was interrupted is taken up again from the same mark.
    private const string OpenSql =
        """
        insert into reconciliation (merchant_id, id, mode, since, until, started_at)
        select a.merchant_id, @Id, a.mode, coalesce(a.reconciled_until, a.created_at) - @Overlap, paylinks_now(),
            paylinks_now()
        from mollie_account a
        where a.merchant_id = paylinks_merchant() and a.mode = @Mode and a.reconcile_epoch = @Epoch
        on conflict (merchant_id, mode) where finished_at is null
        do update set attempt = reconciliation.attempt + 1, until = excluded.until, interruption = null
        returning id, since, until
        """;

    private const string InterruptSql =
        "update reconciliation set interruption = @reason where merchant_id = paylinks_merchant() and id = @Id";

    // The next turn is at that time of day where the merchant is, or at once if somebody has asked for it meanwhile.
    private const string MarkSql =
        """
        update mollie_account a
        set reconciled_until = @Until, reconcile_lease_until = null,
            reconcile_at = case when a.reconcile_at > @Until then a.reconcile_at else
                (date_trunc('day', (paylinks_now() at time zone m.time_zone) - @DailyAt) + interval '1 day'
                    + @DailyAt) at time zone m.time_zone end
        from merchant m
        where m.id = a.merchant_id and a.merchant_id = paylinks_merchant() and a.mode = @Mode
            and a.reconcile_epoch = @Epoch
        """;

    private const string FinishSql =
        """
        update reconciliation
        set payments = @Payments, refunds = @Refunds, disputes = @Disputes, matched = @Matched,
            finished_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @Id
        """;

    private const string AddDifferencesSql =
        """
        insert into reconciliation_difference (merchant_id, reconciliation_id, number, kind, about, mollie_id, link_id,
            ours, theirs, is_new)
        select paylinks_merchant(), @Id, d.number, d.kind, d.about, d.mollie_id, d.link_id, d.ours::jsonb,
            d.theirs::jsonb,
            not exists (select from reconciliation_difference said
                where said.merchant_id = paylinks_merchant() and said.mollie_id = d.mollie_id
                    and said.kind = d.kind and said.about = d.about
                    and said.ours is not distinct from d.ours::jsonb
                    and said.theirs is not distinct from d.theirs::jsonb)
        from unnest(@Kinds, @Abouts, @MollieIds, @Links, @Ours, @Theirs) with ordinality
            as d (kind, about, mollie_id, link_id, ours, theirs, number)
        returning number, is_new
        """;

    /// <summary>An account whose time has come, or null.</summary>
    public async Task<Account?> LeaseAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Account>(new CommandDefinition(
            LeaseSql, new { options.Lease }, cancellationToken: cancellationToken));
    }

    /// <exception cref="TakenOverException">The lease had run out and the account was leased again.</exception>
    public async Task RenewAsync(Account account)
    {
        await using var transaction = await database.BeginAsync(account.MerchantId);
        await EnsureHeldAsync(transaction, account, RenewSql, new { account.Mode, account.Epoch, options.Lease });
        await transaction.CommitAsync();
    }

    /// <summary>Begins a comparison, or takes up the one that was interrupted.</summary>
    /// <exception cref="TakenOverException">The lease had run out and the account was leased again.</exception>
    public async Task<Opened> OpenAsync(Account account)
    {
        await using var transaction = await database.BeginAsync(account.MerchantId);
        var opened = await transaction.Connection.QuerySingleOrDefaultAsync<Opened>(OpenSql, new
        {
            Id = Guid.CreateVersion7(),
            account.Mode,
            account.Epoch,
            Overlap = TimeSpan.FromHours(options.OverlapHours),
        }) ?? throw new TakenOverException(account);
        await transaction.CommitAsync();
        FailPoint.Fail("reconciliation.opened");
        return opened;
    }

    /// <summary>Lets go without having finished: the mark stays, and the same period is compared again later.</summary>
    /// <param name="reason">A word of <c>reconciliation.interruption</c>; null if only this worker is ending.</param>
    public async Task InterruptAsync(Account account, Opened? opened, string? reason, TimeSpan wait)
    {
        await using var transaction = await database.BeginAsync(account.MerchantId);
        await EnsureHeldAsync(transaction, account, ReleaseSql, new { account.Mode, account.Epoch, Wait = wait });
        await transaction.Connection.ExecuteAsync(InterruptSql, new { opened?.Id, reason });
        await transaction.CommitAsync();
    }

    /// <summary>Stores the report and moves the mark, in one transaction.</summary>
    /// <returns>The differences that no earlier report has told.</returns>
    /// <exception cref="TakenOverException">Another worker has the account; nothing was stored.</exception>
    public async Task<IReadOnlyList<Difference>> FinishAsync(Account account, Opened opened, Findings findings)
    {
        await using var transaction = await database.BeginAsync(account.MerchantId);
        await EnsureHeldAsync(transaction, account, MarkSql, new
        {
            opened.Until,
            account.Mode,
            account.Epoch,
            DailyAt = options.DailyAt,
        });
        await transaction.Connection.ExecuteAsync(FinishSql, new
        {
            opened.Id,
            Payments = findings.Listed[BookSubject.Payment],
            Refunds = findings.Listed[BookSubject.Refund],
            Disputes = findings.Listed[BookSubject.Dispute],
            findings.Matched,
        });
        var differences = findings.Differences;
        var told = await transaction.Connection.QueryAsync<Told>(AddDifferencesSql, new
        {
            opened.Id,
            Kinds = differences.Select(difference => difference.Kind.ToText()).ToArray(),
            Abouts = differences.Select(difference => difference.About.ToText()).ToArray(),
            MollieIds = differences.Select(difference => difference.MollieId).ToArray(),
            Links = differences.Select(difference => difference.LinkId).ToArray(),
            Ours = differences.Select(difference => Write(difference.Ours)).ToArray(),
            Theirs = differences.Select(difference => Write(difference.Theirs)).ToArray(),
        });
        FailPoint.Fail("reconciliation.to-finish");
        await transaction.CommitAsync();
        FailPoint.Fail("reconciliation.finished");
        return [.. told.Where(row => row.IsNew).Select(row => differences[row.Number - 1])];
    }

    private static async Task EnsureHeldAsync(
        MerchantTransaction transaction, Account account, string sql, object parameters)
    {
        if (await transaction.Connection.ExecuteAsync(sql, parameters) != 1)
        {
            throw new TakenOverException(account);
        }
    }

    private static string? Write(BookEntry? entry) =>
        entry is null ? null : JsonSerializer.Serialize(entry, JsonSerializerOptions.Web);

    private sealed record Told(int Number, bool IsNew);
}
