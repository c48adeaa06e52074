namespace PayLinks.Api.Batches;

public sealed partial record BatchWords
{
    public static BatchWords English { get; } = new()
    {
        Title = "Payments from a file",
        FromFile = "From a file",
        Means = "A CSV file, one payment a row. We check it together first: until you confirm, nothing is made and "
            + "nothing is sent.",
        File = "CSV file",
        FileHint = (rows, megabytes) => $"At most {rows} rows and {megabytes} MB.",
        Check = "Check the file",
        Example = "Download an example file",
        ExampleFile = "example.csv",
        ExampleRows =
        [
            ["49.90", "EUR", "Order 1042: drill", "+39 347 123 4567", "", "1042", "Anna Rossi", "it", "7", ""],
            ["1,234.56", "", "Balance of invoice 77", "", "max@example.com", "77", "Max", "de", "30", "email"],
            ["12", "", "October fee", "", "", "Q-10", "", "", "", "none"],
        ],
        Columns = "The columns",
        ColumnsMean = "The first row names the columns, in English or Italian, in any order. Only “Amount” and “What "
            + "for” are needed. The separator is a comma, a semicolon or a tab.",
        Heading = column => column switch
        {
            BatchColumn.Amount => "Amount",
            BatchColumn.Currency => "Currency",
            BatchColumn.Description => "What for",
            BatchColumn.Phone => "Phone",
            BatchColumn.Email => "Email",
            BatchColumn.Reference => "Reference",
            BatchColumn.Name => "Customer",
            BatchColumn.Language => "Language",
            BatchColumn.Expires => "Expires",
            BatchColumn.Send => "Send",
        },
        ColumnMeans = column => column switch
        {
            BatchColumn.Amount => "As in the form: 49.90 · 49,90 · 1,234.56 · EUR 49.90.",
            BatchColumn.Currency => "EUR, if it is not yours.",
            BatchColumn.Description => "The customer reads it.",
            BatchColumn.Phone => "A mobile number, with or without its country code.",
            BatchColumn.Email => "A single address.",
            BatchColumn.Reference => "Order or case number.",
            BatchColumn.Name => "The customer’s name.",
            BatchColumn.Language => "it, en, de, fr, es. Empty: yours.",
            BatchColumn.Expires => "Days (7) or a date (2030-12-31, until its evening). Empty: as usual.",
            BatchColumn.Send => "sms, email, both or none. Empty: to the addresses there are.",
        },
        Earlier = "Files so far",
        State = state => state switch
        {
            BatchState.Checked => "To be confirmed",
            BatchState.Running => "Under way",
            BatchState.Finished => "Finished",
            BatchState.Canceled => "Stopped",
            BatchState.Forgotten => "Not confirmed",
        },
        Flaw = (flaw, what) => flaw switch
        {
            FileFlaw.NoFile => "Choose a CSV file.",
            FileFlaw.TooLarge => $"The file is too large: at most {what} MB. Split it into several.",
            FileFlaw.Workbook => "This is an Excel workbook: save it as “CSV UTF-8” and choose that.",
            FileFlaw.Unreadable => "The text of this file cannot be read: save it as “CSV UTF-8”.",
            FileFlaw.MixedEncodings => "This file mixes two encodings, and accented letters would be lost: save it as "
                + "“CSV UTF-8”.",
            FileFlaw.MissingColumns => $"The first row must name the columns. Missing: {what}.",
            FileFlaw.RepeatedColumn => $"Twice in the first row: {what}.",
            FileFlaw.NoRows => "There is no payment below the row of names.",
            FileFlaw.Quotes => $"Row {what}: a quotation mark is not closed, and the rows after it cannot be told "
                + "apart. Text that holds \" goes into quotes, with \" written twice.",
            FileFlaw.TooManyRows => $"The file has more than {what} rows: split it into several.",
        },
        TooManyCells = "The row has more cells than there are names of columns. An amount with a comma goes into "
            + "quotes, or separate cells by semicolons.",
        Quotes = "The quotes do not match: a cell that begins with \" must end with \".",
        AddressNeeded = "Enter a mobile number or an email, or “none” in the column Send.",
        NotAccepted = "This link could not be made: check the row for unusual characters.",
        ExpiresWrong = "Enter a number of days or a date, like 7 or 2030-12-31.",
        SendWrong = "Enter sms, email, both or none.",
        Rows = "Rows",
        Good = "Good",
        Wrong = "To be corrected",
        Total = "Total",
        Texts = (texts, segments) => (texts == 1 ? "1 text" : $"{texts} texts")
            + (texts == segments ? "" : $" for the price of {segments}"),
        Emails = count => count == 1 ? "1 email" : $"{count} emails",
        Messages = "To be sent",
        NoMessages = "Nothing",
        Encoding = "Encoding",
        Unused = names => $"These columns are not needed, and not used: {names}.",
        Repeated = "References that the file repeats",
        RepeatedIn = (reference, count, lines) => $"{reference}: {count} times (rows {lines})",
        ConfirmedBefore = when => $"This very file was confirmed on {when}: customers would get a second link.",
        OverBudget = segments => $"There are more texts than the {segments} you may send in a day: the rest leaves on "
            + "the following days, while the link is good.",
        Confirm = count => $"Make {count} link{(count == "1" ? "" : "s")}",
        ConfirmAndSend = count => $"Make and send {count} link{(count == "1" ? "" : "s")}",
        OthersStay = "The rows to be corrected are left out.",
        Progress = (tried, all) => $"{tried} of {all}",
        Made = "Made",
        Refused = "Not made",
        Cancel = "Stop here",
        CancelMeans = "The links that were made stay, and their messages leave.",
        LeaveMeans = "You can leave this page: the work goes on.",
        Results = "Download the results",
        Rest = "Download the rows without a link only",
        RestMeans = "Correct them in that file and choose it again: the other payments are not repeated.",
        Problems = "What to correct",
        FirstProblems = count => $"The first {count} rows; all are in the results.",
        Kept = "Rows that become no link stay for 30 days (7 if you do not confirm), then what they say is deleted.",
        Cleared = "What the rows without a link said has been deleted.",
        ResultsFile = "results.csv",
        Line = "Row",
        Column = "Column",
        Status = "Status",
        Problem = "Problem",
        Address = "Link",
        RowMade = "Made",
        RowWrong = "To be corrected",
        RowRefused = "Not made",
        RowWaits = "Waiting",
        RowLeft = "Stopped before",
    };
}
