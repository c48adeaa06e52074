using System.Globalization;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Console;

/// <summary>
/// The languages that customers are written to in, each by its own name; the merchant's own comes first.
/// </summary>
internal static class LinkLanguages
{
    public static IReadOnlyList<(string Value, string Words)> Choices(ConsoleWords words, string merchantLanguage) =>
    [
        ("", NameOf(CultureInfo.GetCultureInfo(merchantLanguage), words)),
        .. TextWords.All
            .Select(language => language.Language)
            .Where(language => language != merchantLanguage)
            .Select(language => (language, NameOf(CultureInfo.GetCultureInfo(language), words)))
            .OrderBy(choice => choice.Item2, StringComparer.Create(words.Culture, ignoreCase: true)),
    ];

    public static string NameOf(CultureInfo language, ConsoleWords words)
    {
        var name = language.NativeName;
        return words.Culture.TextInfo.ToUpper(name[0]) + name[1..];
    }
}
