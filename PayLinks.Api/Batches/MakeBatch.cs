using Dapper;
using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Batches;

/// <summary>
/// Makes some of a confirmed batch's links, those rows' outcomes in the same transaction: what a process that dies has
/// begun is undone whole, and whoever locks the batch next makes it.
/// </summary>
internal sealed partial class MakeBatch(
    NpgsqlDataSource database, CreateLink create, LinkLimits limits, Wakeups wakeups, ILogger<MakeBatch> logger)
{
    /// <summary>So few that nobody who sends to a like number waits for them longer than a moment.</summary>
    public const int RowsAtOnce = 25;

    private const string LockSql = "select merchant_id, id, mode, confirmed_by from lock_batch()";

    private const string RowsSql =
        """
        select line, cells::text as cells from batch_row
        where merchant_id = paylinks_merchant() and batch_id = @Id and status = 'ready'
        order by line
        limit @RowsAtOnce
        """;

    private const string WriteSql =
        """
        with done as (
            update batch_row r
            set link_id = o.link_id, errors = o.errors::jsonb,
                status = case when o.link_id is null then 'refused' else 'made' end,
                cells = case when o.link_id is null then r.cells end
            from unnest(@Lines, @LinkIds, @Errors) as o (line, link_id, errors)
            where r.merchant_id = paylinks_merchant() and r.batch_id = @Id and r.line = o.line
            returning r.status),
        counted as (
            select count(*) filter (where status = 'made') as made,
                count(*) filter (where status = 'refused') as refused
            from done)
        update batch b
        set made_count = made_count + made, refused_count = refused_count + refused, turn_at = paylinks_now(),
            finished_at = case
                when wrong_count + made_count + refused_count + made + refused = row_count then paylinks_now() end
        from counted
        where b.merchant_id = paylinks_merchant() and b.id = @Id
        """;

    // There is no call about them, so they are on nobody's desk.
    private const string OffTheDeskSql =
        """
        update link set call_ended_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = any (@Made)
        """;

    /// <returns>False if no batch waits, or others are at all that do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(Guid.Empty, cancellationToken);
        if (await transaction.Connection.QuerySingleOrDefaultAsync<Locked>(LockSql) is not { } batch)
        {
            return false;
        }

        await transaction.SwitchToAsync(batch.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var waiting = await transaction.Connection.QueryAsync<WaitingRow>(RowsSql, new { batch.Id, RowsAtOnce });
        var rows = await transaction.CheckOptOutsAsync(
            [.. waiting.Select(row => CheckRows.Read(BatchRow.Of(row.Line, row.Cells), merchant, limits))]);
        var actor = new Actor(batch.MerchantId, batch.Mode, batch.ConfirmedBy);
        var outcomes = new List<Outcome>(rows.Count);
        // By the blocks of numbers whose counts they lock, so that two transactions never wait for each other.
        foreach (var row in rows.OrderBy(row => row.Link?.Phone?[..^4], StringComparer.Ordinal))
        {
            outcomes.Add(row.Link is { } link
                ? await MakeAsync(transaction, actor, merchant, batch.Id, row.Row.Line, link)
                : new Outcome(row.Row.Line, null, row.Errors));
        }

        var made = outcomes.Select(outcome => outcome.LinkId).OfType<Guid>().ToArray();
        await transaction.Connection.ExecuteAsync(OffTheDeskSql, new { Made = made });
        await transaction.Connection.ExecuteAsync(WriteSql, new
        {
            batch.Id,
            Lines = outcomes.Select(outcome => outcome.Line).ToArray(),
            LinkIds = outcomes.Select(outcome => outcome.LinkId).ToArray(),
            Errors = outcomes.Select(outcome => RowErrors.ToJson(outcome.Errors)).ToArray(),
        });
        await transaction.CommitAsync(CancellationToken.None);

        wakeups.Work(Wakeups.Messages);
        foreach (var link in made)
        {
            wakeups.Link(batch.MerchantId, link);
        }

        return true;
    }

    private async Task<Outcome> MakeAsync(
        MerchantTransaction transaction, Actor actor, MerchantFacts merchant, Guid batchId, int line, NewLink link)
    {
        await transaction.Connection.ExecuteAsync("savepoint before_row");
        FieldError refusal;
        try
        {
            var outcome = await create.ExecuteAsync(transaction, actor, merchant, link, MessageLane.Mailing);
            if (outcome is LinkOutcome.Done { Link.Id: var id })
            {
                return new Outcome(line, id, []);
            }

            refusal = new FieldError(BatchColumn.Phone.Pointer(), ((LinkOutcome.TooMany)outcome).Code);
        }
        catch (PostgresException error) when (error.SqlState[..2] is "22" or "23")
        {
            // A row that the database cannot take must not hold up the others, nor be tried for ever.
            LogNotAccepted(logger, error, batchId, line);
            refusal = new FieldError("", RowCodes.NotAccepted);
        }

        await transaction.Connection.ExecuteAsync("rollback to savepoint before_row");
        return new Outcome(line, null, [refusal]);
    }

    private sealed record Locked(Guid MerchantId, Guid Id, string Mode, string ConfirmedBy);

    private sealed record WaitingRow(int Line, string Cells);

    /// <param name="LinkId">Null together with at least one error.</param>
    private sealed record Outcome(int Line, Guid? LinkId, IReadOnlyList<FieldError> Errors);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not take line {Line} of batch {BatchId}")]
    private static partial void LogNotAccepted(ILogger logger, Exception error, Guid batchId, int line);
}
