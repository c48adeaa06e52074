using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PayLinks.Core.Texts;

/// <summary>
/// The alphabet of text messages (GSM 03.38): 160 characters fit one segment, those of the extension table count as
/// two. A single character outside of it would leave room for only 70.
/// </summary>
public static class Gsm7
{
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenSet<char> Basic = FrozenSet.ToFrozenSet(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    // What people and word processors write, and has an equal in the alphabet.
    private static readonly FrozenDictionary<char, string> Substitutes = new Dictionary<char, string>
    {
        ['‘'] = "'",
        ['’'] = "'",
        ['‚'] = ",",
        ['‛'] = "'",
        ['´'] = "'",
        ['`'] = "'",
        ['′'] = "'",
        ['“'] = "\"",
        ['”'] = "\"",
        ['„'] = "\"",
        ['«'] = "\"",
        ['»'] = "\"",
        ['″'] = "\"",
        ['‐'] = "-",
        ['‑'] = "-",
        ['‒'] = "-",
        ['–'] = "-",
        ['—'] = "-",
        ['―'] = "-",
        ['−'] = "-",
        ['·'] = "-",
        ['•'] = "-",
        ['…'] = "...",
        ['×'] = "x",
        ['™'] = "(TM)",
        ['®'] = "(R)",
        ['©'] = "(C)",
        ['°'] = "o",
        ['º'] = "o",
        ['ª'] = "a",
        ['№'] = "n.",
        ['ł'] = "l",
        ['Ł'] = "L",
        ['đ'] = "d",
        ['Đ'] = "D",
        ['ð'] = "d",
        ['Ð'] = "D",
        ['þ'] = "th",
        ['Þ'] = "Th",
        ['œ'] = "oe",
        ['Œ'] = "OE",
        ['ı'] = "i",
        ['ẞ'] = "SS",
    }.ToFrozenDictionary();

    /// <summary>How much room a character takes; 0 when the alphabet lacks it.</summary>
    public static int UnitsOf(char character) =>
        Basic.Contains(character) ? 1
        : Extension.Contains(character, StringComparison.Ordinal) ? 2
        : 0;

    /// <summary>
    /// The text with typographic signs and spaces replaced by plain ones, and every letter as it was typed.
    /// </summary>
    public static string WriteSigns(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                AppendSpace(written);
            }
            else if (!char.IsLetter(character) && Substitutes.TryGetValue(character, out var substitute))
            {
                written.Append(substitute);
            }
            else
            {
                written.Append(character);
            }
        }

        return written.ToString().Trim();
    }

    /// <summary>
    /// The text in the alphabet, on one line: signs are replaced by their equals, accents dropped where they must be,
    /// white space made single spaces, and what has no equal left out.
    /// </summary>
    public static string Write(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                AppendSpace(written);
            }
            else if (UnitsOf(character) > 0)
            {
                written.Append(character);
            }
            else if (Substitutes.TryGetValue(character, out var substitute))
            {
                written.Append(substitute);
            }
            else if (!char.IsSurrogate(character))
            {
                AppendWithoutAccents(written, character);
            }
        }

        return written.ToString().Trim();
    }

    /// <summary>
    /// The beginning of a text of the alphabet that takes no more than this room, cut between words where possible.
    /// </summary>
    public static string Shorten(string text, int room)
    {
        const string Rest = "...";
        if (text.Sum(UnitsOf) <= room)
        {
            return text;
        }

        var end = 0;
        for (var used = Rest.Length; end < text.Length && (used += UnitsOf(text[end])) <= room; end++)
        {
        }

        var space = text.LastIndexOf(' ', Math.Max(0, Math.Min(end, text.Length - 1)));
        var cut = space > end / 2 ? space : end;
        return cut == 0 ? "" : text[..cut].TrimEnd(' ', ',', ':', ';', '-', '.') + Rest;
    }

    private static void AppendWithoutAccents(StringBuilder written, char character)
    {
        foreach (var part in character.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) is not UnicodeCategory.NonSpacingMark
                && UnitsOf(part) > 0)
            {
                written.Append(part);
            }
        }
    }

    private static void AppendSpace(StringBuilder written)
    {
        if (written.Length > 0 && written[^1] != ' ')
        {
            written.Append(' ');
        }
    }
}

/// <summary>What a text message costs, counted as the standard does.</summary>
/// <param name="Units">Septets of the alphabet, or UTF-16 code units where it was not enough.</param>
/// <param name="Outside">The characters that the alphabet lacks: any of them makes all of them take more room.</param>
public sealed record SmsSize(int Units, int Segments, IReadOnlyList<string> Outside)
{
    /// <summary>How many units so many segments hold: a little less each when they must be joined again.</summary>
    public int RoomIn(int segments) => Outside.Count == 0
        ? (segments == 1 ? 160 : segments * 153)
        : (segments == 1 ? 70 : segments * 67);

    public static SmsSize Of(string text)
    {
        var units = 0;
        foreach (var character in text)
        {
            var room = Gsm7.UnitsOf(character);
            if (room == 0)
            {
                return OfUnicode(text);
            }

            units += room;
        }

        return new SmsSize(units, units <= 160 ? 1 : Pack(text.Select(Gsm7.UnitsOf), 153), []);
    }

    private static SmsSize OfUnicode(string text)
    {
        var outside = text.EnumerateRunes()
            .Where(rune => !rune.IsBmp || Gsm7.UnitsOf((char)rune.Value) == 0)
            .Select(rune => rune.ToString()).Distinct(StringComparer.Ordinal).ToList();
        // A surrogate pair is one character, and so is an escape with what it escapes: neither is split.
        var segments = text.Length <= 70 ? 1 : Pack(text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength), 67);
        return new SmsSize(text.Length, segments, outside);
    }

    private static int Pack(IEnumerable<int> sizes, int room)
    {
        var (segments, used) = (1, 0);
        foreach (var size in sizes)
        {
            (segments, used) = used + size > room ? (segments + 1, size) : (segments, used + size);
        }

        return segments;
    }
}
