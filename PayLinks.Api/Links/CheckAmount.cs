using System.Globalization;
using PayLinks.Core;

namespace PayLinks.Api.Links;

/// <summary>Reads an amount as the wire spells it: text, a point, exactly the currency's decimals.</summary>
internal static class CheckAmount
{
    private const string ValuePointer = "/amount/value";
    private const string CurrencyPointer = "/amount/currency";

    /// <returns>The amount, or nothing of no currency together with at least one error.</returns>
    public static Money Read(string? value, string? currency, LinkLimits limits, List<FieldError> errors)
    {
        Currency? known = null;
        if (string.IsNullOrEmpty(currency))
        {
            errors.Add(new FieldError(CurrencyPointer, FieldCodes.Required));
        }
        else if (!Currency.TryGet(currency, out known!))
        {
            errors.Add(new FieldError(CurrencyPointer, FieldCodes.CurrencyUnknown));
        }

        var trimmed = value?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            errors.Add(new FieldError(ValuePointer, FieldCodes.Required));
        }
        else if (WhatIsWrong(trimmed, known, limits, out var money) is { } error)
        {
            errors.Add(error);
        }
        else
        {
            return money;
        }

        return default;
    }

    private static FieldError? WhatIsWrong(string value, Currency? currency, LinkLimits limits, out Money money)
    {
        money = default;
        var isNegative = value[0] == '-';
        var digits = isNegative ? value[1..] : value;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var decimals = point < 0 ? "" : digits[(point + 1)..];
        if (whole.Length == 0 || (point >= 0 && decimals.Length == 0) || (whole.Length > 1 && whole[0] == '0')
            || !(whole + decimals).All(char.IsAsciiDigit))
        {
            return new FieldError(ValuePointer, FieldCodes.AmountInvalid);
        }

        if (isNegative || (whole + decimals).All(digit => digit == '0'))
        {
            return new FieldError(ValuePointer, FieldCodes.AmountNotPositive);
        }

        if (currency is null)
        {
            return null;
        }

        if (decimals.Length != currency.Exponent)
        {
            return new FieldError(
                ValuePointer, FieldCodes.AmountDecimals, currency.Exponent.ToString(CultureInfo.InvariantCulture));
        }

        // What does not fit 64 bits is too large like the rest.
        return Money.TryParse(value, currency, out money) && money.MinorUnits <= limits.AmountMaxMinor
            ? null
            : new FieldError(ValuePointer, FieldCodes.AmountTooLarge, new Money(limits.AmountMaxMinor, currency).Value);
    }
}
