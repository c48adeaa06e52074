using System.Collections.Frozen;
using System.Globalization;

namespace PayLinks.Api.Pay;

/// <summary>The languages of Mollie's own pages and card fields.</summary>
internal static class MollieLocale
{
    private static readonly FrozenSet<string> Known =
    [
        "ca_ES", "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "de_LU", "en_BE", "en_GB", "en_NL", "en_US", "es_ES",
        "fi_FI", "fr_BE", "fr_FR", "fr_LU", "hu_HU", "is_IS", "it_IT", "lt_LT", "lv_LV", "nb_NO", "nl_BE", "nl_NL",
        "pl_PL", "pt_PT", "sk_SK", "sv_SE",
    ];

    /// <summary>Mollie's name for the culture, or of another country with the same language.</summary>
    public static string Of(CultureInfo culture)
    {
        var exact = culture.Name.Replace('-', '_');
        return Known.Contains(exact)
            ? exact
            : culture.TwoLetterISOLanguageName switch
            {
                "it" => "it_IT",
                "de" => "de_DE",
                "fr" => "fr_FR",
                "es" => "es_ES",
                _ => "en_GB",
            };
    }
}
