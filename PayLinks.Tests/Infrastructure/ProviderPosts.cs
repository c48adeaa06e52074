using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace PayLinks.Tests.Infrastructure;

/// <summary>Posts to the API as Twilio and SendGrid do, signed as the test wants it.</summary>
/// <param name="apiUrl">Without a slash at the end.</param>
internal sealed class ProviderPosts(string apiUrl) : IDisposable
{
    public const string InboundPath = "/callbacks/twilio/inbound";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Posts a form under this signature, or without any.</summary>
    public async Task<HttpResponseMessage> TwilioAsync(
        string path, IReadOnlyDictionary<string, string> form, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, apiUrl + path)
        {
            Content = new FormUrlEncodedContent(form),
        };
        if (signature is not null)
        {
            request.Headers.Add("X-Twilio-Signature", signature);
        }

        return await _http.SendAsync(request);
    }

    /// <summary>Posts a form as the installation's account at Twilio signs it.</summary>
    public Task<HttpResponseMessage> TwilioAsync(string path, IReadOnlyDictionary<string, string> form) =>
        TwilioAsync(path, form, SignTwilio(TestSystem.TwilioToken, path, form));

    public string SignTwilio(string token, string path, IReadOnlyDictionary<string, string> form)
    {
        var fields = form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value);
        var signed = apiUrl + path + string.Concat(fields);
#pragma warning disable CA5350 // Twilio's protocol prescribes SHA-1 here.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
    }

    /// <summary>Posts a batch of events signed with this key at this time, or another body than was signed.</summary>
    public async Task<HttpStatusCode> SendGridAsync(
        ECDsa key, string body, DateTimeOffset at, string? tamperedBody = null)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = key.SignData(
            Encoding.UTF8.GetBytes(timestamp + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        using var request = new HttpRequestMessage(HttpMethod.Post, apiUrl + "/callbacks/sendgrid/events")
        {
            Content = new StringContent(tamperedBody ?? body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature));
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The fields of a text from a customer.</summary>
    public static Dictionary<string, string> Text(
        string from, string to, string body, string? sid = null) => new(StringComparer.Ordinal)
        {
            ["MessageSid"] = sid ?? "SM" + Guid.CreateVersion7().ToString("N"),
            ["AccountSid"] = TestSystem.TwilioSid,
            ["From"] = from,
            ["To"] = to,
            ["Body"] = body,
            ["NumMedia"] = "0",
        };

    public void Dispose() => _http.Dispose();
}
