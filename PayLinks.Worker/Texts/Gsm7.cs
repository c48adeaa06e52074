using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PayLinks.Worker.Texts;

/// <summary>
/// The alphabet of text messages (GSM 03.38): 160 characters fit one segment, those of the extension table count as
/// two. A single character outside of it would leave room for only 70.
/// </summary>
internal static class Gsm7
{
    /// <summary>How much one segment holds.</summary>
    public const int SegmentLength = 160;

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

    /// <summary>How much room the text takes, or null when it holds a character that the alphabet lacks.</summary>
    public static int? Length(string text)
    {
        var length = 0;
        foreach (var character in text)
        {
            if (Basic.Contains(character))
            {
                length++;
            }
            else if (Extension.Contains(character, StringComparison.Ordinal))
            {
                length += 2;
            }
            else
            {
                return null;
            }
        }

        return length;
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
            else if (Length(character.ToString()) is not null)
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
        if (Length(text) <= room)
        {
            return text;
        }

        var end = 0;
        for (var used = Rest.Length; end < text.Length && (used += Length(text[end].ToString()) ?? 0) <= room; end++)
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
                && Length(part.ToString()) is not null)
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
