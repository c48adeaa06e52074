using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PayLinks.Core.Notices;

namespace PayLinks.Worker.Notices;

/// <summary>Signs as Standard Webhooks 1.0 lays down: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
internal static class SignNotice
{
    /// <param name="id">The event's public id, the same for each post of it.</param>
    /// <param name="timestamp">Seconds since 1970, of this post.</param>
    /// <param name="secrets">All that are in force; each signs.</param>
    /// <returns>The value of <c>webhook-signature</c>.</returns>
    public static string Header(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(secret =>
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(NoticeSecrets.KeyOf(secret), signed))));
    }
}
