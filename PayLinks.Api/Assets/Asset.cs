using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PayLinks.Api.Assets;

/// <summary>
/// A stylesheet, script or picture of ours, compiled into the program. Its address holds a hash of its content, so
/// browsers may keep it for ever; what only people read in it is taken out, and its compressed forms are made, once,
/// when the program starts.
/// </summary>
internal sealed partial class Asset
{
    private const string ResourcePrefix = "assets/";

    private static readonly FrozenDictionary<string, Asset> ByName =
        ReadAll().ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Asset> ByFileName =
        ByName.Values.ToFrozenDictionary(asset => asset.FileName, StringComparer.Ordinal);

    private Asset(string name, byte[] plain)
    {
        Name = name;
        Plain = plain;
        var extension = Path.GetExtension(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain))[..12];
        FileName = $"{name[..^extension.Length]}.{hash}{extension}";
        ContentType = extension switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            _ => throw new InvalidOperationException($"The asset {name} is of no known type."),
        };
        Brotli = Compress(plain, stream => new BrotliStream(stream, CompressionLevel.SmallestSize));
        Gzip = Compress(plain, stream => new GZipStream(stream, CompressionLevel.SmallestSize));
    }

    /// <summary>The name under <c>Assets/</c>, like <c>pay.css</c>.</summary>
    public string Name { get; }

    /// <summary>The name with the hash, like <c>pay.0a1b2c3d4e5f.css</c>.</summary>
    public string FileName { get; }

    public string ContentType { get; }

    public byte[] Plain { get; }

    public byte[] Brotli { get; }

    public byte[] Gzip { get; }

    /// <summary>Where browsers fetch it.</summary>
    /// <exception cref="KeyNotFoundException">No file of this name lies under <c>Assets/</c>.</exception>
    public static string Url(string name) => $"/assets/{ByName[name].FileName}";

    /// <summary>The asset with this hashed name, or null.</summary>
    public static Asset? Find(string fileName) => ByFileName.GetValueOrDefault(fileName);

    private static IEnumerable<Asset> ReadAll()
    {
        var assembly = typeof(Asset).Assembly;
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal));
        foreach (var resource in names)
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = resource[ResourcePrefix.Length..].Replace('\\', '/');
            yield return new Asset(name, Path.GetExtension(name) switch
            {
                ".css" => Replace(content, InCss()),
                ".js" => Replace(content, InJs()),
                _ => content,
            });
        }
    }

    private static byte[] Replace(byte[] text, Regex readByPeopleOnly) =>
        Encoding.UTF8.GetBytes(readByPeopleOnly.Replace(Encoding.UTF8.GetString(text), ""));

    // Comments and indentation; line ends stay, so that a script needs no parser to be cut.
    [GeneratedRegex(@"/\*.*?\*/|^\s+", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex InCss();

    // A comment of ours has lines of its own.
    [GeneratedRegex(@"^\s*//.*\n|^\s+", RegexOptions.Multiline)]
    private static partial Regex InJs();

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> wrap)
    {
        using var compressed = new MemoryStream();
        using (var compressor = wrap(compressed))
        {
            compressor.Write(plain);
        }

        return compressed.ToArray();
    }
}
