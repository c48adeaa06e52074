using System.Text.Json;
using PayLinks.Api.Console;
using PayLinks.Api.Links;

namespace PayLinks.Api.Batches;

/// <summary>What is wrong with rows: how it is kept, and how it is said.</summary>
internal static class RowErrors
{
    /// <summary>Null if nothing is wrong.</summary>
    public static string? ToJson(IReadOnlyList<FieldError> errors) =>
        errors.Count == 0 ? null : JsonSerializer.Serialize(errors);

    /// <returns>One sentence for each column, in the words of the form.</returns>
    public static IReadOnlyList<(BatchColumn? Column, string Text)> Read(string json, ConsoleWords words) =>
        [.. JsonSerializer.Deserialize<FieldError[]>(json)!
            .Select(error => (Column: BatchColumns.Of(error.Pointer), Text: Text(error, words)))
            .DistinctBy(error => error.Column)];

    private static string Text(FieldError error, ConsoleWords words) => error.Code switch
    {
        RowCodes.TooManyCells => words.Batches.TooManyCells,
        RowCodes.Quotes => words.Batches.Quotes,
        RowCodes.AddressNeeded => words.Batches.AddressNeeded,
        RowCodes.NotAccepted => words.Batches.NotAccepted,
        FieldCodes.DurationInvalid => words.Batches.ExpiresWrong,
        FieldCodes.ChannelUnknown => words.Batches.SendWrong,
        Limited.Number => words.Limits.Number,
        Limited.Prefix => words.Limits.Prefix,
        Limited.Day => words.Limits.Day,
        _ => LinkProblems.Text(error, words),
    };
}
