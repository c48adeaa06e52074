using System.Collections.Frozen;

namespace PayLinks.Api.Batches;

/// <summary>
/// What a column of a file may hold. The names are kept with the rows of unfinished batches: add, never rename.
/// </summary>
public enum BatchColumn
{
    Amount,
    Currency,
    Description,
    Phone,
    Email,
    Reference,
    Name,
    Language,
    Expires,
    Send,
}

internal static class BatchColumns
{
    // Besides the headings that we write ourselves, in each language.
    private static readonly (string Heading, BatchColumn Column)[] OtherNames =
    [
        ("descrizione", BatchColumn.Description), ("causale", BatchColumn.Description),
        ("description", BatchColumn.Description), ("cellulare", BatchColumn.Phone), ("mobile", BatchColumn.Phone),
        ("e-mail", BatchColumn.Email), ("nome", BatchColumn.Name), ("name", BatchColumn.Name),
        ("scade", BatchColumn.Expires), ("expiry", BatchColumn.Expires), ("invia", BatchColumn.Send),
    ];

    private static readonly FrozenDictionary<string, BatchColumn> ByHeading =
        new[] { BatchWords.Italian, BatchWords.English }
            .SelectMany(words => All.Select(column => (Heading: words.Heading(column), Column: column)))
            .Concat(OtherNames)
            .DistinctBy(name => name.Heading, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(name => name.Heading, name => name.Column, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<BatchColumn> All => Enum.GetValues<BatchColumn>();

    /// <summary>Null for a heading that is no column of ours.</summary>
    public static BatchColumn? Named(string heading) =>
        ByHeading.TryGetValue(heading, out var column) ? column : null;

    /// <summary>The column that a pointer of the wire stands for; null for the row as a whole.</summary>
    public static BatchColumn? Of(string pointer) => pointer switch
    {
        "/amount/value" => BatchColumn.Amount,
        "/amount/currency" => BatchColumn.Currency,
        "/description" => BatchColumn.Description,
        "/customer/phone" => BatchColumn.Phone,
        "/customer/email" => BatchColumn.Email,
        "/reference" => BatchColumn.Reference,
        "/customer/name" => BatchColumn.Name,
        "/customer/locale" => BatchColumn.Language,
        "/expiresIn" or "/expiresAt" => BatchColumn.Expires,
        _ => pointer.StartsWith("/send", StringComparison.Ordinal) ? BatchColumn.Send : null,
    };

    public static string Pointer(this BatchColumn column) => column switch
    {
        BatchColumn.Amount => "/amount/value",
        BatchColumn.Currency => "/amount/currency",
        BatchColumn.Description => "/description",
        BatchColumn.Phone => "/customer/phone",
        BatchColumn.Email => "/customer/email",
        BatchColumn.Reference => "/reference",
        BatchColumn.Name => "/customer/name",
        BatchColumn.Language => "/customer/locale",
        BatchColumn.Expires => "/expiresIn",
        BatchColumn.Send => "/send",
    };
}
