using System.Collections.Frozen;

namespace PayLinks.Api.Links;

/// <summary>The languages that the payment provider's pages speak, as BCP 47 tags.</summary>
public static class Locales
{
    private static readonly string[] Tags =
    [
        "it-IT", "en-GB", "en-US", "de-DE", "de-AT", "de-CH", "fr-FR", "fr-BE", "nl-NL", "nl-BE", "es-ES", "ca-ES",
        "pt-PT", "nb-NO", "sv-SE", "fi-FI", "da-DK", "is-IS", "hu-HU", "pl-PL", "lv-LV", "lt-LT",
    ];

    // A language alone stands for the first of its tags.
    private static readonly FrozenDictionary<string, string> ByName = Tags
        .Concat(Tags.Select(tag => tag[..2]).Distinct(StringComparer.Ordinal))
        .ToFrozenDictionary(
            name => name,
            name => Tags.First(tag => tag.StartsWith(name, StringComparison.Ordinal)),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a tag or a language; without one, the merchant's language, in the merchant's country if spoken there.
    /// </summary>
    internal static string Read(string pointer, string? text, MerchantFacts merchant, List<FieldError> errors)
    {
        var typed = text?.Trim();
        if (string.IsNullOrEmpty(typed))
        {
            return ByName.GetValueOrDefault($"{merchant.Language}-{merchant.Country}") ?? ByName[merchant.Language];
        }

        if (ByName.TryGetValue(typed, out var tag))
        {
            return tag;
        }

        errors.Add(new FieldError(pointer, FieldCodes.LocaleUnknown));
        return "";
    }
}
