using System.Security.Cryptography;
using System.Text;

namespace PayLinks.Sandbox.Callbacks;

/// <summary>X-Twilio-Signature: HMAC-SHA1 over the address called and the form's fields in ordinal order.</summary>
internal static class TwilioSignature
{
    public static string Sign(string authToken, string url, IReadOnlyDictionary<string, string> form)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            signed.Append(name).Append(value);
        }

#pragma warning disable CA5350 // Twilio's protocol prescribes SHA-1 here.
        var mac = HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString()));
#pragma warning restore CA5350
        return Convert.ToBase64String(mac);
    }
}
