using System.Text;
using Microsoft.Net.Http.Headers;

namespace PayLinks.Api.Csv;

/// <summary>
/// A cell of a table. Text that a spreadsheet would take for a formula gets an apostrophe in front; what we write
/// ourselves, numbers above all, stays as it is.
/// </summary>
internal readonly record struct CsvCell(string Content)
{
    /// <summary>Text that somebody else may have written.</summary>
    public static CsvCell Text(string? text) =>
        new(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "");

    /// <summary>Takes that apostrophe off again, so that what we wrote can be mended and read back.</summary>
    public static string Read(string content) =>
        content is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? content[1..] : content;

    /// <summary>What cannot be anybody's formula: a number, a time, an id, a word of ours.</summary>
    public static CsvCell Own(string text) => new(text);
}

/// <summary>
/// A table to be downloaded, as RFC 4180 has it, written while it is read. UTF-8 with the mark by which spreadsheets
/// know it.
/// </summary>
internal sealed class CsvAnswer(
    string fileName, IReadOnlyList<string> headings, IAsyncEnumerable<IReadOnlyList<CsvCell>> rows) : IResult
{
    public const string ContentType = "text/csv";

    private const int CharactersBuffered = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var lines = rows.GetAsyncEnumerator(httpContext.RequestAborted);
        // What fails before the first line can still be answered as a failure.
        var hasLine = await lines.MoveNextAsync();

        var response = httpContext.Response;
        response.ContentType = ContentType + "; charset=utf-8; header=present";
        response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        response.Headers.CacheControl = "no-store";

        var text = new StringBuilder("\ufeff");
        Append(text, headings.Select(CsvCell.Own));
        while (hasLine)
        {
            Append(text, lines.Current);
            if (text.Length > CharactersBuffered)
            {
                await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
                text.Clear();
            }

            hasLine = await lines.MoveNextAsync();
        }

        await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
    }

    private static void Append(StringBuilder text, IEnumerable<CsvCell> cells) =>
        text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string Quoted(CsvCell cell) =>
        cell.Content.AsSpan().ContainsAny(',', '"', '\n') || cell.Content.Contains('\r', StringComparison.Ordinal)
            ? $"\"{cell.Content.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell.Content;
}
