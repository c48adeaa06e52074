using System.Text;
using System.Text.Unicode;

namespace PayLinks.Api.Batches;

/// <summary>The text of a file, whatever program has saved it.</summary>
internal static class BatchText
{
    private const string Utf8Name = "UTF-8";
    private const string Utf16Name = "UTF-16";
    private const string Windows1252Name = "Windows-1252";

    private static readonly (byte[] Mark, Encoding Encoding)[] Utf16 =
    [
        ([0xff, 0xfe], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xfe, 0xff], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
    ];

    // Excel's two formats.
    private static readonly byte[][] Workbooks = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]];

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <returns>The text and the name of its encoding, or what is wrong.</returns>
    public static (string? Text, string Encoding, FileFlaw? Flaw) Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var beginning in Workbooks)
        {
            if (bytes.StartsWith(beginning))
            {
                return (null, "", FileFlaw.Workbook);
            }
        }

        foreach (var (mark, encoding) in Utf16)
        {
            if (bytes.StartsWith(mark))
            {
                return Decode(bytes[mark.Length..], encoding) is { } text
                    && !text.Contains('\0', StringComparison.Ordinal)
                    ? (text, Utf16Name, null)
                    : (null, "", FileFlaw.Unreadable);
            }
        }

        if (bytes.Contains((byte)0))
        {
            return (null, "", FileFlaw.Unreadable);
        }

        if (Utf8.IsValid(bytes))
        {
            var mark = bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return (Encoding.UTF8.GetString(bytes[mark..]), Utf8Name, null);
        }

        return IsPartlyUtf8(bytes)
            ? (null, "", FileFlaw.MixedEncodings)
            : (Windows1252.GetString(bytes), Windows1252Name, null);
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // An accented letter or a curly quote of UTF-8. In Windows-1252 they would be "Ã¨" and "â€™", which nobody writes.
    private static bool IsPartlyUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            var isLetter = bytes[i] is 0xc2 or 0xc3 && bytes[i + 1] is >= 0x80 and <= 0xbf;
            var isQuote = bytes[i] == 0xe2 && bytes[i + 1] is 0x80 or 0x82 && i + 2 < bytes.Length
                && bytes[i + 2] is >= 0x80 and <= 0xbf;
            if (isLetter || isQuote)
            {
                return true;
            }
        }

        return false;
    }
}
