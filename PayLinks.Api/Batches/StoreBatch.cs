using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;

namespace PayLinks.Api.Batches;

/// <summary>
/// Checks a file's rows and keeps them with what is wrong with each. Nothing is made of them before somebody confirms
/// it; posting the same file by the same form again leads to the batch that the first one made.
/// </summary>
internal sealed class StoreBatch(NpgsqlDataSource database, LinkLimits limits, PayLinksOptions options)
{
    private const int RowsAtOnce = 1000;

    private const string InsertSql =
        """
        insert into batch (merchant_id, id, mode, file_name, form_key, file_hash, created_at, created_by, findings,
            row_count, wrong_count, turn_at)
        values (paylinks_merchant(), @Id, @Mode, @FileName, @FormKey, @FileHash, paylinks_now(), @CreatedBy,
            @Findings::jsonb, @Rows, @Wrong, paylinks_now())
        on conflict (merchant_id, form_key, file_hash) do nothing
        """;

    private const string InsertRowsSql =
        """
        insert into batch_row (merchant_id, batch_id, line, status, cells, errors)
        select paylinks_merchant(), @Id, r.line, case when r.errors is null then 'ready' else 'wrong' end,
            r.cells::jsonb, r.errors::jsonb
        from unnest(@Lines, @Cells, @Errors) as r (line, cells, errors)
        """;

    private const string FindSql =
        """
        select id from batch
        where merchant_id = paylinks_merchant() and form_key = @FormKey and file_hash = @FileHash
        """;

    /// <returns>The batch's id.</returns>
    public async Task<Guid> ExecuteAsync(
        Actor actor, BatchFile file, string fileName, ReadOnlyMemory<byte> bytes, string formKey,
        CancellationToken cancellationToken)
    {
        MerchantFacts merchant;
        await using (var transaction = await database.BeginAsync(actor.MerchantId, cancellationToken))
        {
            merchant = await MerchantFacts.ReadAsync(transaction);
        }

        // No transaction is open meanwhile: to look at thousands of rows takes longer than one may stand still.
        IReadOnlyList<CheckedRow> rows = [.. file.Rows.Select(row => CheckRows.Read(row, merchant, limits))];
        await using (var transaction = await database.BeginAsync(actor.MerchantId, cancellationToken))
        {
            rows = await transaction.CheckOptOutsAsync(rows);
        }

        var links = rows.Select(row => row.Link).OfType<NewLink>().ToList();
        var url = options.LinkUrl(LinkToken.Sample(options.RoutingPrefix));
        var id = Guid.CreateVersion7();
        var batch = new
        {
            Id = id,
            actor.Mode,
            FileName = fileName,
            FormKey = formKey,
            FileHash = SHA256.HashData(bytes.Span),
            CreatedBy = actor.Name,
            Findings = JsonSerializer.Serialize(BatchFindings.Of(
                file, links, link => merchant.SegmentsOf(link, actor.Mode, onCall: false, url))),
            Rows = rows.Count,
            Wrong = rows.Count - links.Count,
        };
        await using (var transaction = await database.BeginAsync(actor.MerchantId, cancellationToken))
        {
            if (await transaction.Connection.ExecuteAsync(InsertSql, batch) == 1)
            {
                foreach (var some in rows.Chunk(RowsAtOnce))
                {
                    await transaction.Connection.ExecuteAsync(InsertRowsSql, new
                    {
                        Id = id,
                        Lines = some.Select(row => row.Row.Line).ToArray(),
                        Cells = some.Select(row => row.Row.ToJson()).ToArray(),
                        Errors = some.Select(row => RowErrors.ToJson(row.Errors)).ToArray(),
                    });
                }

                await transaction.CommitAsync(CancellationToken.None);
                return id;
            }
        }

        await using var reading = await database.BeginAsync(actor.MerchantId, cancellationToken);
        return await reading.Connection.QuerySingleAsync<Guid>(FindSql, batch);
    }
}
