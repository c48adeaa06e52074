using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PayLinks.Api.Callbacks;

/// <summary>Checks the signature of an event batch: ECDSA over the timestamp and the very bytes of the body.</summary>
internal sealed class SendGridSignature(SendGridCallbackOptions options, TimeProvider clock)
{
    private const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    private const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    private readonly byte[] _key = Convert.FromBase64String(options.EventPublicKey);

    public bool IsValid(IHeaderDictionary headers, byte[] body)
    {
        var timestamp = headers[TimestampHeader].ToString();
        var signature = new byte[256];
        if (!IsFresh(timestamp)
            || !Convert.TryFromBase64String(headers[SignatureHeader].ToString(), signature, out var length))
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. body];
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_key, out _);
        return key.VerifyData(
            signed, signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private bool IsFresh(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 253_402_300_800
        && (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration()
            <= TimeSpan.FromMinutes(options.EventAgeMaxMinutes);
}
