using System.Globalization;

namespace PayLinks.Core.Texts;

/// <summary>
/// Our words for what customers are sent, in one language. Merchants may put their own in their place.
/// </summary>
public sealed record TextWords
{
    public static IReadOnlyList<TextWords> All { get; } =
    [
        TextWordsItalian.All, TextWordsEnglish.All, TextWordsGerman.All, TextWordsFrench.All, TextWordsSpanish.All,
    ];

    /// <summary>Two letters.</summary>
    public required string Language { get; init; }

    public required CultureInfo Culture { get; init; }

    /// <summary>Stands in for a merchant's name that has no letter in the GSM alphabet.</summary>
    public required string Payment { get; init; }

    /// <summary>An end, as it stands in a text message after "until".</summary>
    public required Func<DateTime, string> ShortTime { get; init; }

    /// <summary>The format of an instant in an email.</summary>
    public required string LongTime { get; init; }

    public required SmsTexts Sms { get; init; }

    public required EmailTexts Email { get; init; }

    /// <param name="locale">A BCP 47 tag; who speaks none of our languages is written to in English.</param>
    public static TextWords For(string locale) =>
        All.FirstOrDefault(words => locale.StartsWith(words.Language, StringComparison.OrdinalIgnoreCase))
        ?? TextWordsEnglish.All;
}

/// <summary>
/// Text messages in one language. Their words keep to the GSM alphabet, which has no á, í, ó, ú, ç, â, ê, î, ô or û.
/// </summary>
public sealed record SmsTexts
{
    public required TextTemplate Link { get; init; }

    public required TextTemplate Desk { get; init; }

    public required TextTemplate Reminder { get; init; }

    public required TextTemplate Receipt { get; init; }

    public required TextTemplate Refund { get; init; }

    public required TextTemplate Canceled { get; init; }

    public TextTemplate Of(TextKind kind) => kind switch
    {
        TextKind.Link => Link,
        TextKind.Desk => Desk,
        TextKind.Reminder => Reminder,
        TextKind.Receipt => Receipt,
        TextKind.Refund => Refund,
        TextKind.Canceled => Canceled,
    };
}

/// <summary>The words of emails in one language that merchants may choose.</summary>
public sealed record EmailTexts
{
    public required EmailText Link { get; init; }

    public required EmailText Reminder { get; init; }

    public required EmailText Receipt { get; init; }

    public required EmailText Refund { get; init; }

    public required EmailText Canceled { get; init; }

    public EmailText Of(TextKind kind) => kind switch
    {
        TextKind.Link or TextKind.Desk => Link,
        TextKind.Reminder => Reminder,
        TextKind.Receipt => Receipt,
        TextKind.Refund => Refund,
        TextKind.Canceled => Canceled,
    };
}
