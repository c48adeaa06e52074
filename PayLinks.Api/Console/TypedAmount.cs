using PayLinks.Core;

namespace PayLinks.Api.Console;

/// <summary>
/// Reads an amount as people type it: <c>49,90</c>, <c>49.90</c>, <c>1.234,56</c>, <c>EUR 49,90</c>, <c>49</c>. The
/// validator of links stays the one that decides; what cannot be read is handed to it as typed.
/// </summary>
public static class TypedAmount
{
    /// <param name="currency">The code to take where none was typed.</param>
    /// <returns>The value as the wire spells it, and the code of its currency.</returns>
    public static (string Value, string Currency) Read(string typed, string currency)
    {
        var rest = new string([.. typed.Where(character => !char.IsWhiteSpace(character))]);
        var code = TakeCurrency(ref rest) ?? currency;
        return Currency.TryGet(code, out var known) && Normalize(rest, known.Exponent) is { } value
            ? (value, code)
            : (typed.Trim(), currency);
    }

    private static string? TakeCurrency(ref string text)
    {
        foreach (var currency in Currency.All)
        {
            foreach (var name in (string?[])[currency.Code, currency.Sign])
            {
                if (name is null || text.Length <= name.Length)
                {
                    continue;
                }

                if (text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    text = text[name.Length..];
                    return currency.Code;
                }

                if (text.EndsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    text = text[..^name.Length];
                    return currency.Code;
                }
            }
        }

        return null;
    }

    private static string? Normalize(string text, int exponent)
    {
        text = text.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        if (text.Length is 0 or > 20 || !text.All(character => char.IsAsciiDigit(character) || character is ',' or '.'))
        {
            return null;
        }

        var last = text.LastIndexOfAny([',', '.']);
        if (last < 0)
        {
            return WireValue(text, "", exponent);
        }

        var separator = text[last];
        var other = separator == ',' ? '.' : ',';
        var isRepeated = text.IndexOf(separator, StringComparison.Ordinal) != last;
        var after = text.Length - last - 1;
        // One separator with three digits after it groups thousands ("1.234"), unless the currency itself has three
        // decimals.
        var isDecimal = !isRepeated && (text.Contains(other, StringComparison.Ordinal) || after != 3 || exponent == 3);
        var whole = isDecimal ? text[..last] : text;
        var decimals = isDecimal ? text[(last + 1)..] : "";
        return decimals.Length <= exponent && (!isDecimal || decimals.Length > 0) && Ungroup(whole) is { } digits
            ? WireValue(digits, decimals, exponent)
            : null;
    }

    // Thousands are grouped by one kind of separator, in threes.
    private static string? Ungroup(string whole)
    {
        var groups = whole.Split(',', '.');
        var isGrouped = groups.Length == 1
            || (groups[0].Length is 1 or 2 or 3 && groups.Skip(1).All(group => group.Length == 3)
                && !(whole.Contains(',', StringComparison.Ordinal) && whole.Contains('.', StringComparison.Ordinal)));
        return isGrouped && groups[0].Length > 0 ? string.Concat(groups) : null;
    }

    private static string WireValue(string whole, string decimals, int exponent)
    {
        var significant = whole.TrimStart('0');
        var units = significant.Length == 0 ? "0" : significant;
        return exponent == 0 ? units : $"{units}.{decimals.PadRight(exponent, '0')}";
    }
}
