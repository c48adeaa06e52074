using System.Globalization;

namespace PayLinks.Worker.Emails;

/// <summary>
/// The words of emails around their subject and first paragraph. Names, amounts and times come in as finished text.
/// </summary>
public sealed record EmailWords
{
    public static IReadOnlyList<EmailWords> All { get; } =
    [
        EmailWordsItalian.All, EmailWordsEnglish.All, EmailWordsGerman.All, EmailWordsFrench.All,
        EmailWordsSpanish.All,
    ];

    /// <summary>Two letters.</summary>
    public required string Language { get; init; }

    public required CultureInfo Culture { get; init; }

    public required string TestMode { get; init; }

    /// <summary>Takes the customer's name, or nothing.</summary>
    public required Func<string, string> Greeting { get; init; }

    public required Func<string, string> PayButton { get; init; }

    public required string OrCopy { get; init; }

    public required string NotExpected { get; init; }

    public required string AlreadyPaid { get; init; }

    public required string ShowReceipt { get; init; }

    public required string ShowRequest { get; init; }

    public required string NotAnInvoice { get; init; }

    public required string RefundTakes { get; init; }

    public required string Merchant { get; init; }

    public required string VatNumber { get; init; }

    public required string Amount { get; init; }

    public required string Purpose { get; init; }

    public required string Reference { get; init; }

    public required string Reason { get; init; }

    public required string Expires { get; init; }

    public required string PaidAt { get; init; }

    public required string PaidBy { get; init; }

    public required Func<string, string> Questions { get; init; }

    /// <summary>The words of the link to where a customer asks to be left alone.</summary>
    public required string StopWriting { get; init; }

    /// <param name="locale">A BCP 47 tag; who speaks none of our languages is written to in English.</param>
    public static EmailWords For(string locale) =>
        All.FirstOrDefault(words => locale.StartsWith(words.Language, StringComparison.OrdinalIgnoreCase))
        ?? EmailWordsEnglish.All;
}
