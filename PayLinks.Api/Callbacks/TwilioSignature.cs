using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using PayLinks.Core.Hosting;

namespace PayLinks.Api.Callbacks;

/// <summary>
/// Checks <c>X-Twilio-Signature</c>: HMAC-SHA1, under our auth token, over the address that Twilio called and the
/// form's fields in ordinal order. The address is our public one, whatever stands between us and Twilio.
/// </summary>
internal sealed class TwilioSignature(TwilioCallbackOptions twilio, PayLinksOptions options)
{
    private const string Header = "X-Twilio-Signature";

    private readonly byte[][] _tokens = [.. twilio.AuthTokens.Select(Encoding.UTF8.GetBytes)];

    public bool IsValid(HttpContext http, IFormCollection form)
    {
        var given = new byte[HMACSHA1.HashSizeInBytes];
        if (!Convert.TryFromBase64String(http.Request.Headers[Header].ToString(), given, out var length)
            || length != given.Length)
        {
            return false;
        }

        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var fields = Fields(form);
        return Addresses(options.PublicUrl.TrimEnd('/') + target)
            .Any(address => _tokens.Any(token => Matches(given, token, address + fields)));
    }

    private static bool Matches(byte[] given, byte[] token, string signed)
    {
#pragma warning disable CA5350 // Twilio's protocol prescribes SHA-1 here.
        var expected = HMACSHA1.HashData(token, Encoding.UTF8.GetBytes(signed));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }

    // A repeated field counts each of its values once.
    private static string Fields(IFormCollection form)
    {
        var signed = new StringBuilder();
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in Distinct(values))
            {
                signed.Append(name).Append(value);
            }
        }

        return signed.ToString();
    }

    private static IEnumerable<string?> Distinct(StringValues values) =>
        values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    // Twilio signs the address with or without the scheme's default port.
    private static IEnumerable<string> Addresses(string address)
    {
        yield return address;
        var uri = new Uri(address);
        if (uri.IsDefaultPort)
        {
            var authority = address.IndexOf(uri.Authority, StringComparison.OrdinalIgnoreCase);
            var host = authority + uri.Host.Length;
            yield return address[host..].StartsWith(':')
                ? address[..host] + address[(host + 1 + uri.Port.ToString(null, null).Length)..]
                : $"{address[..host]}:{uri.Port}{address[host..]}";
        }
    }
}
