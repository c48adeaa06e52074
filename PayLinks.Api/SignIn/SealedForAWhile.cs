using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PayLinks.Api.SignIn;

/// <summary>
/// What a browser carries for us from one page to the next: it can neither be read nor changed there, is good for one
/// purpose, and is void after a while.
/// </summary>
public sealed class SealedForAWhile(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Unless whoever opens it gives more time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <param name="purpose">What it is for and whose, like <c>passkey/…</c>; needed again to open it.</param>
    public string Seal(string purpose, string content)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return Protector(purpose).Protect($"{now} {content}");
    }

    /// <returns>Null when it is void, altered, or for another purpose.</returns>
    public Opened? Open(string purpose, string? sealedText, TimeSpan? lifetime = null)
    {
        if (string.IsNullOrEmpty(sealedText))
        {
            return null;
        }

        try
        {
            var text = Protector(purpose).Unprotect(sealedText);
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            var sealedAt = DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(text[..space], CultureInfo.InvariantCulture));
            return clock.GetUtcNow() - sealedAt < (lifetime ?? Lifetime)
                ? new Opened(text[(space + 1)..], sealedAt)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose) => protection.CreateProtector("for-a-while", purpose);

    public sealed record Opened(string Content, DateTimeOffset SealedAt);
}
