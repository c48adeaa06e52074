using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Batches;

public enum BatchState
{
    /// <summary>Nobody has confirmed it.</summary>
    Checked,
    Running,
    Finished,

    /// <summary>Stopped before all were made.</summary>
    Canceled,

    /// <summary>Nobody confirmed it in time, and what it said is forgotten.</summary>
    Forgotten,
}

/// <summary>A batch as it stands.</summary>
public sealed record BatchView(
    Guid Id, string FileName, DateTimeOffset CreatedAt, string CreatedBy, string FindingsJson, int RowCount,
    int WrongCount, int MadeCount, int RefusedCount, DateTimeOffset? ConfirmedAt, DateTimeOffset? CanceledAt,
    DateTimeOffset? FinishedAt, DateTimeOffset? ClearedAt)
{
    public BatchFindings Findings => JsonSerializer.Deserialize<BatchFindings>(FindingsJson)!;

    public int GoodCount => RowCount - WrongCount;

    /// <summary>How many of the good rows have been tried.</summary>
    public int TriedCount => MadeCount + RefusedCount;

    public BatchState State =>
        ConfirmedAt is null ? ClearedAt is null ? BatchState.Checked : BatchState.Forgotten
        : CanceledAt is not null ? BatchState.Canceled
        : FinishedAt is not null ? BatchState.Finished
        : BatchState.Running;
}

/// <summary>A reference that stands in more than one row.</summary>
/// <param name="Lines">The first of them, with commas between.</param>
public sealed record RepeatedReference(string Reference, int Count, string Lines);

internal static class ReadBatches
{
    private const string Columns =
        """
        id, file_name, created_at, created_by, findings::text as findings_json, row_count, wrong_count, made_count,
        refused_count, confirmed_at, canceled_at, finished_at, cleared_at
        """;

    private const string ListSql =
        $"""
        select {Columns} from batch
        where merchant_id = paylinks_merchant() and mode = @mode
        order by id desc
        limit @limit
        """;

    private const string OneSql =
        $"select {Columns} from batch where merchant_id = paylinks_merchant() and mode = @mode and id = @id";

    private const string ErrorsSql =
        """
        select line, errors::text as errors from batch_row
        where merchant_id = paylinks_merchant() and batch_id = @id and errors is not null
        order by line
        limit @limit
        """;

    private const string RepeatedSql =
        """
        select reference, count(*)::int as count,
            array_to_string((array_agg(line order by line))[1:5], ', ')
                || case when count(*) > 5 then ', …' else '' end as lines
        from batch_row r, lateral (select trim(r.cells ->> 'reference')) as said (reference)
        where r.merchant_id = paylinks_merchant() and r.batch_id = @id and said.reference <> ''
        group by reference having count(*) > 1
        order by min(line)
        limit @limit
        """;

    private const string BeforeSql =
        """
        select max(other.confirmed_at)
        from batch this
        join batch other on other.merchant_id = this.merchant_id and other.file_hash = this.file_hash
            and other.mode = this.mode and other.id <> this.id and other.confirmed_at is not null
        where this.merchant_id = paylinks_merchant() and this.id = @id
        """;

    private const string SegmentsSql = "select sms_segments_per_day from merchant where id = paylinks_merchant()";

    extension(MerchantTransaction transaction)
    {
        /// <summary>Newest first.</summary>
        public async Task<IReadOnlyList<BatchView>> BatchesAsync(string mode, int limit) =>
            (await transaction.Connection.QueryAsync<BatchView>(ListSql, new { mode, limit })).AsList();

        public Task<BatchView?> BatchAsync(string mode, Guid id) =>
            transaction.Connection.QuerySingleOrDefaultAsync<BatchView>(OneSql, new { mode, id });

        /// <summary>The first rows that became or will become no link, and why, as <see cref="RowErrors"/>.</summary>
        public async Task<IReadOnlyList<(int Line, string Errors)>> RowErrorsAsync(Guid id, int limit) =>
            (await transaction.Connection.QueryAsync<(int, string)>(ErrorsSql, new { id, limit })).AsList();

        public async Task<IReadOnlyList<RepeatedReference>> RepeatedReferencesAsync(Guid id, int limit) =>
            (await transaction.Connection.QueryAsync<RepeatedReference>(RepeatedSql, new { id, limit })).AsList();

        /// <summary>When links were made of the very same file before.</summary>
        public Task<DateTimeOffset?> ConfirmedBeforeAsync(Guid id) =>
            transaction.Connection.ExecuteScalarAsync<DateTimeOffset?>(BeforeSql, new { id });

        /// <summary>The merchant's budget for texts.</summary>
        public Task<int> SegmentsPerDayAsync() => transaction.Connection.ExecuteScalarAsync<int>(SegmentsSql);
    }
}
