using System.Collections.Frozen;

namespace PayLinks.Core;

/// <summary>
/// An ISO 4217 currency that a link can be made in. The database's table <c>currency</c> holds the same list.
/// </summary>
public sealed record Currency
{
    private static readonly FrozenDictionary<string, Currency> ByCode = new[]
        {
            Of(2, "AED ALL AMD AUD AZN BAM BGN BRL BSD CAD CHF CNY CZK DKK DOP EGP EUR GBP GEL HKD HUF IDR ILS INR KES "
                + "MAD MDL MKD MXN MYR NGN NOK NZD PEN PHP PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD ZAR"),
            Of(0, "CLP ISK JPY KRW PYG VND XAF XOF XPF"),
            Of(3, "BHD JOD KWD OMR TND"),
        }
        .SelectMany(currencies => currencies)
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    private Currency(string code, int exponent)
    {
        Code = code;
        Exponent = exponent;
        Scale = 1m;
        for (var i = 0; i < exponent; i++)
        {
            Scale *= 10m;
        }
    }

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>How many decimals the currency is written with.</summary>
    public int Exponent { get; }

    /// <summary>The sign people know it by, or null where the code is clearer.</summary>
    public string? Sign => Code switch
    {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        _ => null,
    };

    internal decimal Scale { get; }

    public static IEnumerable<Currency> All => ByCode.Values;

    public static bool TryGet(string code, out Currency currency) => ByCode.TryGetValue(code, out currency!);

    /// <summary>A currency that the database has already vouched for.</summary>
    public static Currency Get(string code) => ByCode[code];

    private static IEnumerable<Currency> Of(int exponent, string codes) =>
        codes.Split(' ').Select(code => new Currency(code, exponent));
}
