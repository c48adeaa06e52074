using nietras.SeparatedValues;
using PayLinks.Api.Csv;
using PayLinks.Api.Links;

namespace PayLinks.Api.Batches;

/// <summary>Why nothing at all can be made of a file.</summary>
public enum FileFlaw
{
    NoFile,
    TooLarge,
    Workbook,
    Unreadable,
    MixedEncodings,
    MissingColumns,
    RepeatedColumn,
    NoRows,
    TooManyRows,

    /// <summary>A quotation mark has swallowed lines, and nobody knows how many rows they were.</summary>
    Quotes,
}

/// <param name="Columns">Those that are missing, or there twice.</param>
public sealed record FlawedFile(FileFlaw Flaw, params IReadOnlyList<BatchColumn> Columns)
{
    /// <summary>Where it is seen, if it is about one place.</summary>
    public int Line { get; init; }
}

/// <summary>A file cut into rows, before anybody has looked at what they say.</summary>
/// <param name="Encoding">What it is taken for.</param>
/// <param name="Unused">Headings that name no column of ours.</param>
internal sealed record BatchFile(string Encoding, IReadOnlyList<string> Unused, IReadOnlyList<BatchRow> Rows);

/// <summary>
/// Reads a file of separated values: commas, semicolons or tabs, quotes as RFC 4180 has them, a row of names first.
/// </summary>
internal static class ReadBatchFile
{
    // Longer than any cell may be, so that a longer one is as wrong when the rest of it is not kept.
    private const int CellLengthMax = 1000;

    private const int UnusedShown = 20;
    private const int UnusedLengthMax = 60;

    public static (BatchFile? File, FlawedFile? Flawed) Read(ReadOnlySpan<byte> bytes, int rowsMax)
    {
        var (text, encoding, unreadable) = BatchText.Read(bytes);
        return unreadable is { } flaw ? (null, new FlawedFile(flaw)) : Read(text!, encoding, rowsMax);
    }

    private static (BatchFile? File, FlawedFile? Flawed) Read(string text, string encoding, int rowsMax)
    {
        var separator = SeparatorOf(text);
        // Cells are taken out of their quotes below, because the reader says nothing of quotes that do not match.
        using var reader = Sep.New(separator)
            .Reader(options => options with { HasHeader = false, DisableColCountCheck = true })
            .FromText(text);
        Headings? headings = null;
        var rows = new List<BatchRow>();
        foreach (var line in reader)
        {
            if (IsBlank(line))
            {
                continue;
            }

            if (headings is null)
            {
                headings = Headings.Of(line, separator);
                if (headings.Flawed is { } flawed)
                {
                    return (null, flawed);
                }

                continue;
            }

            if (rows.Count == rowsMax)
            {
                return (null, new FlawedFile(FileFlaw.TooManyRows));
            }

            var row = RowOf(line, headings.Columns, separator);
            if (row.Flaw == RowCodes.Quotes && line.Span.ContainsAny('\n', '\r'))
            {
                return (null, new FlawedFile(FileFlaw.Quotes) { Line = row.Line });
            }

            rows.Add(row);
        }

        return headings is null || rows.Count == 0
            ? (null, new FlawedFile(FileFlaw.NoRows))
            : (new BatchFile(encoding, headings.Unused, rows), null);
    }

    private static BatchRow RowOf(SepReader.Row line, IReadOnlyList<BatchColumn?> columns, char separator)
    {
        var cells = new Dictionary<BatchColumn, string>();
        string? flaw = null;
        for (var i = 0; i < line.ColCount; i++)
        {
            if (i >= columns.Count)
            {
                flaw ??= line[i].Span.IsWhiteSpace() ? null : RowCodes.TooManyCells;
                continue;
            }

            if (!TryRead(line[i].Span, separator, out var cell))
            {
                flaw = RowCodes.Quotes;
            }

            if (columns[i] is { } column)
            {
                cells[column] = cell;
            }
        }

        // What is left out at the end of a row is empty.
        foreach (var column in columns.OfType<BatchColumn>())
        {
            cells.TryAdd(column, "");
        }

        return new BatchRow(line.LineNumberFrom, cells, flaw);
    }

    /// <summary>Takes a cell out of its quotes; false where they do not match.</summary>
    private static bool TryRead(ReadOnlySpan<char> raw, char separator, out string cell)
    {
        raw = raw.Trim(' ');
        var isQuoted = raw is ['"', ..];
        var content = (isQuoted ? raw is [_, .., '"'] ? raw[1..^1] : raw[1..] : raw).ToString();
        // An inch or a nickname is no quotation mark; but one that has swallowed the end of its cell was meant as one.
        var isRight = isQuoted
            ? raw is [_, .., '"'] && !content.Replace("\"\"", "", StringComparison.Ordinal).AsSpan().Contains('"')
            : !raw.Contains('"') || !raw.ContainsAny(separator, '\n', '\r');
        var written = isQuoted ? content.Replace("\"\"", "\"", StringComparison.Ordinal) : content;
        cell = CsvCell.Read(written[..Math.Min(written.Length, CellLengthMax)]);
        return isRight;
    }

    private static bool IsBlank(SepReader.Row line)
    {
        for (var i = 0; i < line.ColCount; i++)
        {
            if (!line[i].Span.Trim('"').IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    // Names of columns hold no separator, so whichever of them stands in the first line is it.
    private static char SeparatorOf(string text)
    {
        var first = text.AsSpan().TrimStart("\r\n ");
        var end = first.IndexOfAny('\r', '\n');
        first = end < 0 ? first : first[..end];
        return first.Contains(';') ? ';' : first.Contains('\t') ? '\t' : ',';
    }

    private sealed record Headings(
        IReadOnlyList<BatchColumn?> Columns, IReadOnlyList<string> Unused, FlawedFile? Flawed)
    {
        private static readonly BatchColumn[] Needed = [BatchColumn.Amount, BatchColumn.Description];

        public static Headings Of(SepReader.Row line, char separator)
        {
            var columns = new List<BatchColumn?>();
            var unused = new List<string>();
            for (var i = 0; i < line.ColCount; i++)
            {
                TryRead(line[i].Span, separator, out var written);
                var name = written.Trim();
                columns.Add(BatchColumns.Named(name));
                if (columns[i] is null && name.Length > 0 && unused.Count < UnusedShown
                    && CheckText.WhatIsWrong(name, UnusedLengthMax, isProse: true) is null)
                {
                    unused.Add(name);
                }
            }

            BatchColumn[] missing = [.. Needed.Where(needed => !columns.Contains(needed))];
            BatchColumn[] repeated =
            [
                .. columns.OfType<BatchColumn>().CountBy(one => one).Where(one => one.Value > 1)
                    .Select(one => one.Key),
            ];
            return new Headings(columns, unused,
                missing.Length > 0 ? new FlawedFile(FileFlaw.MissingColumns, missing)
                : repeated.Length > 0 ? new FlawedFile(FileFlaw.RepeatedColumn, repeated)
                : null);
        }
    }
}
