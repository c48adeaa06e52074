using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Reconciliation;

namespace PayLinks.Api.Reconciliation;

/// <summary>How far the account's books have been compared, and when they are next.</summary>
/// <param name="Until">Null before the first comparison was finished.</param>
public sealed record Standing(DateTimeOffset? Until, DateTimeOffset NextAt, bool IsRunning);

/// <summary>One comparison of Mollie's books with ours, and how many differences of which kind it found.</summary>
/// <param name="Interruption">Why the last attempt broke off; null if none has, or a new one is under way.</param>
public sealed record Report(
    Guid Id, DateTimeOffset Since, DateTimeOffset Until, int Attempt, string? Interruption, int Payments, int Refunds,
    int Disputes, int Matched, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int Late, int Unknown,
    int Missing, int Differing)
{
    public int Differences => Late + Unknown + Missing + Differing;
}

/// <param name="LinkId">The link it is about, where there is one here.</param>
/// <param name="IsNew">False if an earlier report has said the same.</param>
public sealed record ReportLine(
    DifferenceKind Kind, BookSubject About, string MollieId, Guid? LinkId, string? Description, BookEntry? Ours,
    BookEntry? Theirs, bool IsNew);

/// <summary>Reads what the worker's comparisons have found for one mode of a merchant.</summary>
internal static class ReadReconciliations
{
    private const string StandingSql =
        """
        select reconciled_until as until, reconcile_at as next_at,
            coalesce(reconcile_lease_until > paylinks_now(), false) as is_running
        from mollie_account where merchant_id = paylinks_merchant() and mode = @mode
        """;

    private const string ReportsSql =
        """
        select r.id, r.since, r.until, r.attempt, r.interruption, r.payments, r.refunds, r.disputes, r.matched,
            r.started_at, r.finished_at,
            count(*) filter (where d.kind = 'late')::int as late,
            count(*) filter (where d.kind = 'unknown')::int as unknown,
            count(*) filter (where d.kind = 'missing')::int as missing,
            count(*) filter (where d.kind in ('status', 'amount', 'refunded', 'disputed'))::int as differing
        from reconciliation r
        left join reconciliation_difference d on d.merchant_id = r.merchant_id and d.reconciliation_id = r.id
        where r.merchant_id = paylinks_merchant() and r.mode = @mode and (@id::uuid is null or r.id = @id)
        group by r.merchant_id, r.id
        order by r.id desc
        limit @limit
        """;

    private const string LinesSql =
        """
        select d.kind, d.about, d.mollie_id, d.link_id, l.description, d.ours::text, d.theirs::text, d.is_new
        from reconciliation_difference d
        left join link l on l.merchant_id = d.merchant_id and l.id = d.link_id
        where d.merchant_id = paylinks_merchant() and d.reconciliation_id = @id
        order by d.is_new desc, d.number
        limit @limit
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Null if the merchant has no account at Mollie in this mode.</summary>
        public Task<Standing?> StandingAsync(string mode) =>
            transaction.Connection.QuerySingleOrDefaultAsync<Standing?>(StandingSql, new { mode });

        /// <summary>The newest first.</summary>
        public async Task<IReadOnlyList<Report>> ReportsAsync(string mode, int limit) =>
            (await transaction.Connection.QueryAsync<Report>(
                ReportsSql, new { mode, id = (Guid?)null, limit })).AsList();

        /// <summary>Null if there is no such report in this mode.</summary>
        public Task<Report?> ReportAsync(string mode, Guid id) =>
            transaction.Connection.QuerySingleOrDefaultAsync<Report?>(
                ReportsSql, new { mode, id = (Guid?)id, limit = 1 });

        /// <summary>What a report found, new things first.</summary>
        public async Task<IReadOnlyList<ReportLine>> ReportLinesAsync(Guid id, int limit)
        {
            var rows = await transaction.Connection.QueryAsync<Row>(LinesSql, new { id, limit });
            return [.. rows.Select(row => row.ToLine())];
        }
    }

    private static BookEntry? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<BookEntry>(json, JsonSerializerOptions.Web);

    private sealed record Row(
        DifferenceKind Kind, BookSubject About, string MollieId, Guid? LinkId, string? Description, string? Ours,
        string? Theirs, bool IsNew)
    {
        public ReportLine ToLine() =>
            new(Kind, About, MollieId, LinkId, Description, Read(Ours), Read(Theirs), IsNew);
    }
}
