using System.Globalization;
using System.Text;

namespace PayLinks.Api.Links;

/// <summary>
/// The rules for text that people will read: no control characters, nothing invisible that could turn or hide words,
/// no card number.
/// </summary>
internal static class CheckText
{
    private const int JoinerNon = 0x200C;
    private const int Joiner = 0x200D;

    /// <param name="isProse">Written by a person, as opposed to an identifier; see <see cref="CardNumber"/>.</param>
    /// <returns>The text without space around it; null if there is none, or with an error.</returns>
    public static string? Read(string pointer, string? text, int lengthMax, bool isProse, List<FieldError> errors)
    {
        // Line ends are no space to be trimmed away silently: a header or text message could be split by one.
        var trimmed = text?.Trim(' ', '\u00a0');
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        if (WhatIsWrong(trimmed, lengthMax, isProse) is not { } code)
        {
            return trimmed;
        }

        var limit = code == FieldCodes.TooLong ? lengthMax.ToString(CultureInfo.InvariantCulture) : null;
        errors.Add(new FieldError(pointer, code, limit));
        return null;
    }

    /// <summary>The code of the first rule that the text breaks, or null.</summary>
    public static string? WhatIsWrong(string text, int lengthMax, bool isProse)
    {
        // The card number comes first: it must not be stored, and the caller must learn that first.
        if (CardNumber.IsIn(text, isProse))
        {
            return FieldCodes.CardDataNotAllowed;
        }

        var length = 0;
        var before = default(Rune);
        var isAfterJoiner = false;
        foreach (var rune in text.EnumerateRunes())
        {
            length++;
            if (rune == Rune.ReplacementChar && !text.Contains('\ufffd', StringComparison.Ordinal))
            {
                return FieldCodes.InvalidUnicode;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    return FieldCodes.ControlCharacters;
                case UnicodeCategory.Surrogate:
                    return FieldCodes.InvalidUnicode;
                // Joiners build family emoji and Persian words; between Latin letters they only hide.
                case UnicodeCategory.Format when rune.Value is Joiner or JoinerNon && !before.IsAscii:
                    isAfterJoiner = true;
                    before = rune;
                    continue;
                case UnicodeCategory.Format:
                    return FieldCodes.InvisibleCharacters;
                default:
                    break;
            }

            if (isAfterJoiner && rune.IsAscii)
            {
                return FieldCodes.InvisibleCharacters;
            }

            isAfterJoiner = false;
            before = rune;
        }

        return isAfterJoiner ? FieldCodes.InvisibleCharacters : length > lengthMax ? FieldCodes.TooLong : null;
    }
}
