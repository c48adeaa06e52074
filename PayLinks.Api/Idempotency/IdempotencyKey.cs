using System.Security.Cryptography;
using System.Text;
using PayLinks.Api.Links;

namespace PayLinks.Api.Idempotency;

/// <summary>The header by which a caller may repeat a POST without doing it twice.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";

    private const int LengthMax = 255;

    /// <summary>False when the header is there but of no use; the key is null when the header is not there.</summary>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return true;
        }

        key = values.Count == 1 ? values[0] : null;
        return key is { Length: >= 1 and <= LengthMax }
            && key.All(character => character is > ' ' and <= '~')
            && !CardNumber.IsIn(key, isProse: false);
    }

    /// <summary>
    /// Tells two requests apart: method, path and body. Keyed by the vault when stored, because a body holds few
    /// secrets but a guessable phone.
    /// </summary>
    public static string Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path.Value!.ToLowerInvariant()}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a kept answer is sealed for; see <see cref="Core.Secrets.Vault.Seal(string, string)"/>.</summary>
    public static string Purpose(Guid merchantId, string mode, string key) =>
        $"answer/{merchantId:N}/{mode}/{key}";
}
