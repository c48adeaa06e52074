using System.Globalization;

namespace PayLinks.Core;

/// <summary>
/// An amount in the minor units of its currency (cents for EUR, whole yen for JPY). Never a floating-point number.
/// </summary>
public readonly record struct Money
{
    /// <summary>The largest amount of one link, in minor units: 999,999.99 of a currency with two decimals.</summary>
    public const long LinkMaxMinor = 99_999_999;

    public Money(long minorUnits, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        MinorUnits = minorUnits;
        Currency = currency;
    }

    public long MinorUnits { get; }

    public Currency Currency { get; }

    /// <summary>
    /// The value as it goes over the wire: a point, exactly the currency's decimals, no grouping ("49.90", "249").
    /// </summary>
    public string Value
    {
        get
        {
            var digits = Math.Abs(MinorUnits)
                .ToString(CultureInfo.InvariantCulture)
                .PadLeft(Currency.Exponent + 1, '0');
            var sign = MinorUnits < 0 ? "-" : "";
            return Currency.Exponent == 0
                ? sign + digits
                : $"{sign}{digits[..^Currency.Exponent]}.{digits[^Currency.Exponent..]}";
        }
    }

    /// <summary>
    /// Reads a wire value; false unless it has exactly the currency's decimals and fits a 64-bit integer.
    /// </summary>
    public static bool TryParse(string value, Currency currency, out Money money)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(currency);
        money = default;

        var point = value.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : value.Length - point - 1;
        var hasWholePart = point != 0 && value.Length > 0;
        if (decimals != currency.Exponent || point == value.Length - 1 || !hasWholePart)
        {
            return false;
        }

        var digits = point < 0 ? value : value.Remove(point, 1);
        if (digits.Length > 1 && digits[0] == '0' && (point < 0 || point > 1))
        {
            return false;
        }

        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minorUnits))
        {
            return false;
        }

        money = new Money(minorUnits, currency);
        return true;
    }

    /// <summary>
    /// The amount as people read it: "49,90 €" in Italian, "€49.90" in English; currencies without a common sign by
    /// code.
    /// </summary>
    public string Display(CultureInfo culture)
    {
        var number = ToNumber(culture);
        var sign = Currency.Sign ?? Currency.Code + "\u00a0";
        return culture.TwoLetterISOLanguageName == "en"
            ? sign + number
            : $"{number}\u00a0{Currency.Sign ?? Currency.Code}";
    }

    /// <summary>
    /// The amount with its code and plain spaces, for texts that must stay in the GSM alphabet: "49,90 EUR", "EUR
    /// 49.90".
    /// </summary>
    public string DisplayPlain(CultureInfo culture) => culture.TwoLetterISOLanguageName == "en"
        ? $"{Currency.Code} {ToNumber(culture)}"
        : $"{ToNumber(culture)} {Currency.Code}";

    public override string ToString() => $"{Value} {Currency.Code}";

    private string ToNumber(CultureInfo culture)
    {
        // decimal holds every 64-bit integer exactly, and 10^exponent divides it without rounding.
        var value = MinorUnits / Currency.Scale;
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        if (char.IsWhiteSpace(format.NumberGroupSeparator, 0))
        {
            // French groups by U+202F, which would turn a text message into UCS-2.
            format.NumberGroupSeparator = " ";
        }

        return value.ToString("N" + Currency.Exponent.ToString(CultureInfo.InvariantCulture), format);
    }
}
