using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Csv;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Batches;

/// <summary>
/// The file back, each row with what became of it: its link, or why there is none. What became no link stands as it was
/// written, so that it can be mended there and taken in again.
/// </summary>
internal static class DownloadResults
{
    private const int PageSize = 500;

    private const string RowsSql =
        """
        select r.line, r.status, r.cells::text as cells, r.errors::text as errors, l.id as link_id, l.token_cipher,
            l.amount_minor, l.currency, l.description, l.reference, l.customer_name, l.customer_phone,
            l.customer_email, l.locale, l.expires_at,
            (select string_agg(distinct m.channel, ' + ') from message m
                where m.merchant_id = l.merchant_id and m.link_id = l.id and m.purpose = 'link') as sent
        from batch_row r
        left join link l on l.merchant_id = r.merchant_id and l.id = r.link_id
        where r.merchant_id = paylinks_merchant() and r.batch_id = @batchId and r.line > @after
            and not (@isRest and r.status = 'made')
        order by r.line
        limit @PageSize
        """;

    /// <param name="rows"><c>rest</c>: only those that are no links.</param>
    public static async Task<IResult> HandleAsync(
        string id, string? rows, ConsolePage page, Staff staff, NpgsqlDataSource database, Vault vault,
        PayLinksOptions options, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Batch, id, out var batchId)
            || await transaction.BatchAsync(staff.Mode, batchId) is not { } batch)
        {
            return page.NotFound();
        }

        var words = page.Words.Batches;
        return new CsvAnswer(
            words.ResultsFile,
            [
                .. BatchColumns.All.Select(words.Heading), words.Line, words.Status, words.Problem, words.Address,
                page.Words.Links.Id,
            ],
            RowsAsync(batch, isRest: rows == "rest", page, staff, database, vault, options, cancellationToken));
    }

    // A transaction for each page, so that whoever reads slowly holds no connection.
    private static async IAsyncEnumerable<IReadOnlyList<CsvCell>> RowsAsync(
        BatchView batch, bool isRest, ConsolePage page, Staff staff, NpgsqlDataSource database, Vault vault,
        PayLinksOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0;
        while (true)
        {
            IReadOnlyList<Row> found;
            await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
            {
                found = (await transaction.Connection.QueryAsync<Row>(
                    RowsSql, new { batchId = batch.Id, after, isRest, PageSize })).AsList();
            }

            foreach (var row in found)
            {
                yield return
                [
                    .. CellsOf(row, page), CsvCell.Own(row.Line.ToString(CultureInfo.InvariantCulture)),
                    CsvCell.Own(page.Words.Batches.Of(row.Status, batch.State)),
                    CsvCell.Text(row.Errors is null ? "" : Problems(row.Errors, page.Words)),
                    CsvCell.Own(row.LinkId is { } link
                        ? options.LinkUrl(vault.OpenText(row.TokenCipher!, LinkToken.Purpose(link)))
                        : ""),
                    CsvCell.Own(row.LinkId is { } made ? PublicId.Format(PublicId.Link, made) : ""),
                ];
                after = row.Line;
            }

            if (found.Count < PageSize)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<CsvCell> CellsOf(Row row, ConsolePage page)
    {
        if (row.LinkId is not null)
        {
            var amount = new Money(row.AmountMinor!.Value, Currency.Get(row.Currency!));
            return BatchColumns.All.Select(column => column switch
            {
                BatchColumn.Amount => CsvCell.Own(amount.Value),
                BatchColumn.Currency => CsvCell.Own(amount.Currency.Code),
                BatchColumn.Description => CsvCell.Text(row.Description),
                BatchColumn.Phone => CsvCell.Text(row.CustomerPhone),
                BatchColumn.Email => CsvCell.Text(row.CustomerEmail),
                BatchColumn.Reference => CsvCell.Text(row.Reference),
                BatchColumn.Name => CsvCell.Text(row.CustomerName),
                BatchColumn.Language => CsvCell.Own(row.Locale!),
                BatchColumn.Expires => CsvCell.Own(page.ForTable(row.ExpiresAt!.Value)),
                BatchColumn.Send => CsvCell.Own(row.Sent ?? ""),
            });
        }

        var cells = row.Cells is null ? null : BatchRow.Of(row.Line, row.Cells).Cells;
        return BatchColumns.All.Select(column => CsvCell.Text(cells?.GetValueOrDefault(column)));
    }

    private static string Problems(string errors, ConsoleWords words) => string.Join(' ', RowErrors.Read(errors, words)
        .Select(error => error.Column is { } column ? $"{words.Batches.Heading(column)}: {error.Text}" : error.Text));

    private sealed record Row(
        int Line, string Status, string? Cells, string? Errors, Guid? LinkId, byte[]? TokenCipher, long? AmountMinor,
        string? Currency, string? Description, string? Reference, string? CustomerName, string? CustomerPhone,
        string? CustomerEmail, string? Locale, DateTimeOffset? ExpiresAt, string? Sent);
}
