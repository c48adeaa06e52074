using System.Collections.Frozen;

namespace PayLinks.Sandbox.Twilio;

/// <summary>How many SMS a text is sent as.</summary>
internal static class Segments
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly FrozenSet<char> Alphabet = FrozenSet.ToFrozenSet(Basic);
    private static readonly FrozenSet<char> Extension = FrozenSet.ToFrozenSet("\f^{}\\[~]|€");

    public static bool IsGsm7(string text) => text.All(sign => Alphabet.Contains(sign) || Extension.Contains(sign));

    /// <summary>
    /// GSM-7: 160, or 153 each; a sign of the extension counts twice and is not split. UCS-2: 70, or 67 each.
    /// </summary>
    public static int Count(string text)
    {
        if (IsGsm7(text))
        {
            return Count(text.Select(sign => Extension.Contains(sign) ? 2 : 1), single: 160, part: 153);
        }

        // A surrogate pair is one sign of two units and is not split either.
        return Count(text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength), single: 70, part: 67);
    }

    private static int Count(IEnumerable<int> sizes, int single, int part)
    {
        var (total, segments, used) = (0, 1, 0);
        foreach (var size in sizes)
        {
            total += size;
            if (used + size > part)
            {
                segments++;
                used = 0;
            }

            used += size;
        }

        return total <= single ? 1 : segments;
    }
}
