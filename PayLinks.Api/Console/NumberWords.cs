using System.Globalization;
using PayLinks.Core.Messages;
using PhoneNumbers;

namespace PayLinks.Api.Console;

/// <summary>What is said of a number under the field that it was typed into.</summary>
public sealed record NumberWords
{
    public static NumberWords Italian { get; } = new()
    {
        ReadBack = "Rileggi:",
        TextTo = number => $"SMS a {number}",
        Mobile = "cellulare",
        Landline = "fisso",
        Other = "numero",
        NineDigits = "Solo 9 cifre: di solito un cellulare italiano ne ha 10. Rileggi il numero al cliente.",
        NoTexts = "A questo numero gli SMS non arrivano: usa un cellulare o una email.",
        NotAllowed = "Gli SMS verso questo numero non sono abilitati: usa una email.",
        OptedOut = "Ha chiesto di non ricevere SMS: usa una email.",
    };

    public static NumberWords English { get; } = new()
    {
        ReadBack = "Read back:",
        TextTo = number => $"Text to {number}",
        Mobile = "mobile",
        Landline = "landline",
        Other = "number",
        NineDigits = "Only 9 digits: an Italian mobile usually has 10. Read the number back to the customer.",
        NoTexts = "Texts do not arrive at this number: use a mobile or an email.",
        NotAllowed = "Texts to this number are not enabled: use an email.",
        OptedOut = "They asked not to get texts: use an email.",
    };

    public required string ReadBack { get; init; }

    public required Func<string, string> TextTo { get; init; }

    public required string Mobile { get; init; }

    public required string Landline { get; init; }

    /// <summary>A number of which nothing more is known that would help.</summary>
    public required string Other { get; init; }

    public required string NineDigits { get; init; }

    public required string NoTexts { get; init; }

    public required string NotAllowed { get; init; }

    public required string OptedOut { get; init; }

    /// <param name="type">As <see cref="ReadNumber.Type"/> spells it.</param>
    public string TypeName(string type) => type switch
    {
        "mobile" or "landline_or_mobile" => Mobile,
        "landline" => Landline,
        _ => Other,
    };

    /// <summary>A country's name in this language; the code itself where no name is known.</summary>
    public static string CountryName(string country, CultureInfo culture) =>
        // .NET names a region once, in the language that asked first.
        new Locale("", country).GetDisplayCountry(culture.TwoLetterISOLanguageName) is { Length: > 0 } name
            ? name
            : country;
}
