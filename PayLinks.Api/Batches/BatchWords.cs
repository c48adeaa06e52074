namespace PayLinks.Api.Batches;

/// <summary>Links made from a file: its form, what is wrong with it, and what became of it.</summary>
public sealed partial record BatchWords
{
    public required string Title { get; init; }
    public required string FromFile { get; init; }
    public required string Means { get; init; }
    public required string File { get; init; }

    /// <summary>Takes the most rows and the most megabytes of a file.</summary>
    public required Func<string, int, string> FileHint { get; init; }
    public required string Check { get; init; }
    public required string Example { get; init; }
    public required string ExampleFile { get; init; }
    public required IReadOnlyList<IReadOnlyList<string>> ExampleRows { get; init; }
    public required string Columns { get; init; }
    public required string ColumnsMean { get; init; }
    public required Func<BatchColumn, string> Heading { get; init; }
    public required Func<BatchColumn, string> ColumnMeans { get; init; }
    public required string Earlier { get; init; }
    public required Func<BatchState, string> State { get; init; }

    /// <summary>Takes what it is about: columns, or a limit.</summary>
    public required Func<FileFlaw, string, string> Flaw { get; init; }
    public required string TooManyCells { get; init; }
    public required string Quotes { get; init; }
    public required string AddressNeeded { get; init; }
    public required string NotAccepted { get; init; }
    public required string ExpiresWrong { get; init; }
    public required string SendWrong { get; init; }
    public required string Rows { get; init; }
    public required string Good { get; init; }
    public required string Wrong { get; init; }
    public required string Total { get; init; }

    /// <summary>Takes the number of texts and of their segments.</summary>
    public required Func<int, int, string> Texts { get; init; }
    public required Func<int, string> Emails { get; init; }
    public required string Messages { get; init; }
    public required string NoMessages { get; init; }
    public required string Encoding { get; init; }
    public required Func<string, string> Unused { get; init; }
    public required string Repeated { get; init; }

    /// <summary>Takes a reference, how often it stands there, and the first rows that it stands in.</summary>
    public required Func<string, int, string, string> RepeatedIn { get; init; }
    public required Func<string, string> ConfirmedBefore { get; init; }
    public required Func<string, string> OverBudget { get; init; }
    public required Func<string, string> Confirm { get; init; }
    public required Func<string, string> ConfirmAndSend { get; init; }
    public required string OthersStay { get; init; }
    public required Func<string, string, string> Progress { get; init; }
    public required string Made { get; init; }
    public required string Refused { get; init; }
    public required string Cancel { get; init; }
    public required string CancelMeans { get; init; }
    public required string LeaveMeans { get; init; }
    public required string Results { get; init; }
    public required string Rest { get; init; }
    public required string RestMeans { get; init; }
    public required string Problems { get; init; }
    public required Func<int, string> FirstProblems { get; init; }
    public required string Kept { get; init; }
    public required string Cleared { get; init; }
    public required string ResultsFile { get; init; }
    public required string Line { get; init; }
    public required string Column { get; init; }
    public required string Status { get; init; }
    public required string Problem { get; init; }
    public required string Address { get; init; }
    public required string RowMade { get; init; }
    public required string RowWrong { get; init; }
    public required string RowRefused { get; init; }
    public required string RowWaits { get; init; }

    /// <summary>Its batch was stopped before its turn.</summary>
    public required string RowLeft { get; init; }

    /// <param name="row">As the database says it.</param>
    public string Of(string row, BatchState batch) => row switch
    {
        "made" => RowMade,
        "wrong" => RowWrong,
        "refused" => RowRefused,
        _ => batch == BatchState.Canceled ? RowLeft : RowWaits,
    };
}
