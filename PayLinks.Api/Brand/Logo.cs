using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PayLinks.Api.Brand;

/// <summary>A merchant's logo as pages show it.</summary>
/// <param name="Hash">Of its bytes: another picture has another address, so browsers may keep it for ever.</param>
public sealed record Logo(string Hash, short Width, short Height)
{
    private const int ShownHeightMax = 36;
    private const int ShownWidthMax = 144;

    /// <summary>How large it is shown; the page keeps the place free before the picture has come.</summary>
    public (int Width, int Height) Shown => Width * ShownHeightMax <= Height * ShownWidthMax
        ? (Math.Max(1, Width * ShownHeightMax / Height), ShownHeightMax)
        : (ShownWidthMax, Math.Max(1, Height * ShownWidthMax / Width));
}

/// <summary>A picture that somebody uploads: only PNG, judged by its first bytes and by no name of its own.</summary>
public static class LogoFile
{
    public const int BytesMax = 8 * 1024;
    private const int SideMin = 16;
    private const int SideMax = 2000;
    private const int HeaderLength = 24;
    private const int HashLength = 16;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> FirstChunk => [0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52];

    /// <returns>Null for what is no PNG of a size that fits a page.</returns>
    public static Logo? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < HeaderLength or > BytesMax || !bytes.StartsWith(Signature)
            || !bytes[Signature.Length..].StartsWith(FirstChunk))
        {
            return null;
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]);
        return width is >= SideMin and <= SideMax && height is >= SideMin and <= SideMax
            ? new Logo(Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength], (short)width, (short)height)
            : null;
    }
}
