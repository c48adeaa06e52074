using System.Buffers;
using System.Security.Cryptography;

namespace PayLinks.Core.Links;

/// <summary>
/// The secret in a link's address: a routing prefix and 130 random bits. It is not the link's id, and it is kept
/// only as a keyed hash (to find the link) and as ciphertext (to send it again), so that a copy of the database
/// opens no link.
/// </summary>
public readonly record struct LinkToken
{
    private const int RandomLength = 26;
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Base32.Alphabet);

    private LinkToken(string value) => Value = value;

    public string Value { get; }

    /// <param name="routingPrefix">
    /// One or two characters of the base32 alphabet that tell the installation (or shard) apart.
    /// </param>
    public static LinkToken New(string routingPrefix) =>
        new(routingPrefix + RandomNumberGenerator.GetString(Base32.Alphabet, RandomLength));

    /// <summary>What a token looks like, for previews; none is ever this one.</summary>
    public static string Sample(string routingPrefix) => routingPrefix + Base32.Alphabet[..RandomLength];

    /// <summary>
    /// Reads what stands in an address, in lower or upper case; false when it cannot be a token of any
    /// installation.
    /// </summary>
    public static bool TryParse(string? text, out LinkToken token)
    {
        token = default;
        if (text is null || text.Length is < RandomLength + 1 or > RandomLength + 2)
        {
            return false;
        }

        var lower = text.ToLowerInvariant();
        if (lower.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        token = new LinkToken(lower);
        return true;
    }

    /// <summary>What a link's token is sealed for; see <see cref="Secrets.Vault.Seal(string, string)"/>.</summary>
    public static string Purpose(Guid linkId) => $"link-token/{linkId:N}";

    /// <summary>Never the token itself: log lines and errors must not open a link.</summary>
    public override string ToString() => "token";
}
