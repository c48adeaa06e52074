namespace PayLinks.Core;

/// <summary>
/// Crockford's base32 in lower case: no i, l, o, u, so that it survives being read aloud, and it reads the same in
/// upper case, which makes QR codes smaller.
/// </summary>
public static class Base32
{
    public const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>
    /// Encodes with as few characters as hold all bits; the last one is padded with zero bits on the left side of
    /// the number.
    /// </summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var length = ((bytes.Length * 8) + 4) / 5;
        Span<char> text = stackalloc char[length];
        var buffer = 0;
        var bits = (length * 5) - (bytes.Length * 8);
        var next = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[next++] = Alphabet[(buffer >> bits) & 31];
                buffer &= (1 << bits) - 1;
            }
        }

        return new string(text);
    }

    /// <summary>
    /// False when a character is not of the alphabet (upper case is accepted) or the number does not fit the bytes.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var spare = (text.Length * 5) - (bytes.Length * 8);
        if (spare is < 0 or > 4)
        {
            return false;
        }

        var buffer = 0;
        var bits = -spare;
        var next = 0;
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(character), StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            buffer = (buffer << 5) | value;
            bits += 5;
            if (next == 0 && bits < 8 && buffer >> Math.Max(bits, 0) != 0)
            {
                return false;
            }

            if (bits >= 8)
            {
                bits -= 8;
                bytes[next++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        return next == bytes.Length;
    }
}
