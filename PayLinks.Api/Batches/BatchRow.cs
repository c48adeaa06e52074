using System.Text.Json;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Batches;

/// <summary>A row of a file, as somebody wrote it.</summary>
/// <param name="Line">Where it begins in the file.</param>
/// <param name="Cells">Of the columns that the file has; an empty cell is there, and empty.</param>
/// <param name="Flaw">One of <see cref="RowCodes"/> when its cells cannot be told apart.</param>
public sealed record BatchRow(int Line, IReadOnlyDictionary<BatchColumn, string> Cells, string? Flaw = null)
{
    /// <summary>Null where nothing is written.</summary>
    public string? this[BatchColumn column] =>
        Cells.TryGetValue(column, out var cell) && !string.IsNullOrWhiteSpace(cell) ? cell.Trim(' ', '\u00a0') : null;

    /// <summary>Whether the file has a place for addresses at all.</summary>
    public bool MayHaveAddress => Cells.ContainsKey(BatchColumn.Phone) || Cells.ContainsKey(BatchColumn.Email);

    public string ToJson() => JsonSerializer.Serialize(
        Cells.ToDictionary(cell => cell.Key.ToText(), cell => cell.Value, StringComparer.Ordinal),
        LinkJson.Default.DictionaryStringString);

    public static BatchRow Of(int line, string json) => new(
        line,
        JsonSerializer.Deserialize(json, LinkJson.Default.DictionaryStringString)!.ToDictionary(
            cell => StatusText.TryRead<BatchColumn>(cell.Key, out var column)
                ? column
                : throw new InvalidOperationException($"'{cell.Key}' is no column."),
            cell => cell.Value));
}

/// <summary>What can be wrong with a row besides what can be wrong with a link.</summary>
internal static class RowCodes
{
    /// <summary>More cells than the first row has names.</summary>
    public const string TooManyCells = "too_many_cells";

    /// <summary>A quotation mark is missing, so nobody knows where a cell ends.</summary>
    public const string Quotes = "quotes";

    /// <summary>Nobody to send it to, and nobody said that it is not to be sent.</summary>
    public const string AddressNeeded = "address_needed";

    /// <summary>The database refused it.</summary>
    public const string NotAccepted = "not_accepted";
}
