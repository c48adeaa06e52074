using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PayLinks.Api.Links;

/// <summary>
/// Finds card numbers in text where none may stand. A number counts only with an issuer's range, that range's length
/// and a right check digit, so that order numbers pass: of random numbers with 16 digits about one in thirty is taken
/// for a card. A UUID passes: its digits are nobody's card, and of random ones every six-thousandth would look like it.
/// </summary>
internal static partial class CardNumber
{
    private const int LengthMax = 19;

    // "4242 - 4242": more than this between two digits and they belong to different numbers.
    private const int SeparatorsMax = 3;

    private static readonly (int From, int To, int Digits, int LengthMin, int LengthMax)[] Ranges =
    [
        (34, 34, 2, 15, 15), (37, 37, 2, 15, 15),                                  // American Express
        (300, 305, 3, 14, 19), (3095, 3095, 4, 14, 19), (36, 36, 2, 14, 19), (38, 39, 2, 14, 19),   // Diners Club
        (3528, 3589, 4, 16, 19),                                                   // JCB
        (4, 4, 1, 16, 16), (4, 4, 1, 19, 19),                                      // Visa
        (51, 55, 2, 16, 16), (2221, 2720, 4, 16, 16),                              // Mastercard
        (2200, 2204, 4, 16, 19),                                                   // Mir
        (5018, 5018, 4, 14, 19), (5020, 5020, 4, 14, 19), (5038, 5038, 4, 14, 19), // Maestro
        (5893, 5893, 4, 14, 19), (6304, 6304, 4, 14, 19), (6759, 6759, 4, 14, 19), (6761, 6763, 4, 14, 19),
        (6011, 6011, 4, 16, 19), (644, 649, 3, 16, 19), (65, 65, 2, 16, 19),       // Discover
        (62, 62, 2, 16, 19), (81, 81, 2, 16, 19),                                  // UnionPay
    ];

    /// <param name="isProse">
    /// Also looks for Visa's old numbers with 13 digits; identifiers of that length are mostly bar codes.
    /// </param>
    public static bool IsIn(string text, bool isProse)
    {
        // Most text holds too few digits for any card.
        var count = 0;
        foreach (var character in text)
        {
            count += char.IsDigit(character) ? 1 : 0;
        }

        return count >= 13 && IsIn(Groups(Uuid().Replace(text, "uuid")), isProse);
    }

    // Digits that stand together form a group; a card number is one group or some neighbours.
    private static bool IsIn(List<(string Digits, bool JoinsNext)> groups, bool isProse)
    {
        for (var first = 0; first < groups.Count; first++)
        {
            var number = "";
            for (var last = first; last < groups.Count; last++)
            {
                number += groups[last].Digits;
                if (number.Length > LengthMax)
                {
                    break;
                }

                if (IsCard(number, isProse))
                {
                    return true;
                }

                if (!groups[last].JoinsNext)
                {
                    break;
                }
            }
        }

        return false;
    }

    private static List<(string Digits, bool JoinsNext)> Groups(string text)
    {
        var groups = new List<(string Digits, bool JoinsNext)>();
        var digits = new StringBuilder();
        var separators = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // Full-width and other scripts' digits count like ours.
            var isDigit = Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
            if (isDigit)
            {
                if (digits.Length == 0 && groups.Count > 0 && separators is > 0 and <= SeparatorsMax)
                {
                    groups[^1] = groups[^1] with { JoinsNext = true };
                }

                digits.Append((int)Rune.GetNumericValue(rune));
                separators = 0;
                continue;
            }

            if (digits.Length > 0)
            {
                groups.Add((digits.ToString(), JoinsNext: false));
                digits.Clear();
            }

            separators = IsSeparator(rune) ? separators + 1 : SeparatorsMax + 1;
        }

        if (digits.Length > 0)
        {
            groups.Add((digits.ToString(), JoinsNext: false));
        }

        return groups;
    }

    private static bool IsSeparator(Rune rune) =>
        rune.Value is '.' or ',' or '/' or '_' or '*' or '|'
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    private static bool IsCard(string digits, bool isProse) =>
        (digits.Length is >= 14 and <= LengthMax && HasIssuer(digits) && HasCheckDigit(digits))
        || (isProse && digits.Length == 13 && digits[0] == '4' && HasCheckDigit(digits));

    private static bool HasIssuer(string digits)
    {
        foreach (var range in Ranges)
        {
            if (digits.Length >= range.LengthMin && digits.Length <= range.LengthMax
                && int.Parse(digits.AsSpan(0, range.Digits), CultureInfo.InvariantCulture) is var start
                && start >= range.From && start <= range.To)
            {
                return true;
            }
        }

        return false;
    }

    // Luhn's formula.
    private static bool HasCheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            var weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }

    // With the version and the variant where they belong, so that a card written in groups is none.
    [GeneratedRegex(
        "(?<![0-9a-z])[0-9a-f]{8}-?[0-9a-f]{4}-?[1-8][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}(?![0-9a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}
