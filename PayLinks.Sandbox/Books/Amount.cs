using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PayLinks.Sandbox.Books;

/// <summary>Money in minor units of a currency that Mollie takes.</summary>
internal readonly record struct Amount(long Minor, string Currency)
{
    /// <summary>The most of any currency that the sandbox takes: 9,999,999.99 and its like.</summary>
    private const long MinorMax = 999_999_999;

    private static readonly FrozenDictionary<string, int> Decimals =
        "AED AUD BGN BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS MXN MYR NOK NZD PHP PLN RON RUB SEK SGD THB TWD USD ZAR"
            .Split(' ').Select(code => KeyValuePair.Create(code, 2))
            .Concat([KeyValuePair.Create("JPY", 0), KeyValuePair.Create("ISK", 0)])
            .ToFrozenDictionary();

    /// <summary>The amount as Mollie writes it: a string with exactly the currency's decimals.</summary>
    public string Value
    {
        get
        {
            var decimals = Decimals[Currency];
            var digits = Math.Abs(Minor).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
            var sign = Minor < 0 ? "-" : "";
            return decimals == 0 ? sign + digits : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
        }
    }

    public static bool IsCurrency(string code) => Decimals.ContainsKey(code);

    /// <summary>Reads a value with exactly the currency's decimals, above zero.</summary>
    public static bool TryParse(string value, string currency, out Amount amount)
    {
        amount = default;
        if (!Decimals.TryGetValue(currency, out var decimals))
        {
            return false;
        }

        var point = value.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? "" : value[(point + 1)..];
        var whole = point < 0 ? value : value[..point];
        if (whole.Length is 0 or > 9 || fraction.Length != decimals || (decimals == 0 && point >= 0)
            || !whole.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit))
        {
            return false;
        }

        var minor = long.Parse(whole + fraction, CultureInfo.InvariantCulture);
        amount = new Amount(minor, currency);
        return minor is > 0 and <= MinorMax;
    }

    public JsonObject ToJson() => new() { ["value"] = Value, ["currency"] = Currency };
}
