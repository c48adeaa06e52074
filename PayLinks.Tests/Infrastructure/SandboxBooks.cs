using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace PayLinks.Tests.Infrastructure;

/// <summary>The providers' side: their books, what happens at the bank, and switches for what can go wrong.</summary>
public sealed class SandboxBooks(string url) : IDisposable
{
    /// <summary>Mollie's test card that pays after 3-D Secure.</summary>
    public const string GoodCard = "4543474002249996";

    private readonly HttpClient _http = new() { BaseAddress = new Uri(url) };

    /// <summary>All messages that providers have accepted, newest first.</summary>
    public async Task<IReadOnlyList<AcceptedMessage>> MessagesAsync() =>
        await ReadAsync<AcceptedMessage>("sandbox/messages");

    /// <summary>All payments at Mollie, newest first.</summary>
    public async Task<IReadOnlyList<MollieBooking>> PaymentsAsync() =>
        await ReadAsync<MollieBooking>("sandbox/payments");

    /// <summary>All refunds at Mollie, newest first.</summary>
    public async Task<IReadOnlyList<MollieRefundBooking>> RefundsAsync() =>
        await ReadAsync<MollieRefundBooking>("sandbox/refunds");

    /// <summary>The profile that a key to Mollie belongs to.</summary>
    public async Task<string> MollieProfileAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v2/profiles/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>What mollie.js gives for a card typed into its fields.</summary>
    public async Task<string> CardTokenAsync(string number = GoodCard)
    {
        var answer = await PostAsync("sandbox/card-tokens",
            new { number, expiry = "12/30", cvv = "123", holder = "Anna Bianchi" });
        return answer.GetProperty("token").GetString()!;
    }

    /// <summary>What the customer does at the bank.</summary>
    /// <param name="status"><c>paid</c>, <c>failed</c>, <c>canceled</c>, <c>expired</c> or <c>pending</c>.</param>
    public Task CompleteAsync(MollieBooking payment, string status, string? failureReason = null) =>
        failureReason is null
            ? PostAsync($"sandbox/payments/{payment.Id}/complete", new { status })
            : PostAsync($"sandbox/payments/{payment.Id}/complete", new { status, failureReason });

    /// <summary>How a refund goes on at the bank.</summary>
    /// <param name="status">
    /// <c>pending</c>, <c>processing</c>, <c>refunded</c>, <c>failed</c> or <c>canceled</c>.
    /// </param>
    public Task CompleteRefundAsync(string id, string status) =>
        PostAsync($"sandbox/refunds/{id}/complete", new { status });

    /// <summary>The customer's bank takes the money of a payment back, or returns it.</summary>
    public Task ChargeBackAsync(MollieBooking payment, bool reversed = false) =>
        PostAsync($"sandbox/payments/{payment.Id}/chargeback", new { reversed });

    /// <summary>The customer answers a text.</summary>
    /// <param name="to">The number, short code or messaging service that texted.</param>
    public Task ReplyAsync(string from, string to, string body) => PostAsync("sandbox/inbound", new { from, to, body });

    /// <summary>Lets an operation of a provider fail in a mode, the next <paramref name="count"/> times.</summary>
    public Task FailAsync(
        string provider, string operation, string mode, int count = 1, int seconds = 20, double probability = 1) =>
        PostAsync("sandbox/faults", new { provider, operation, mode, count, probability, seconds });

    /// <param name="mode"><c>normal</c>, <c>drop</c>, <c>duplicate</c>, <c>delay</c> or <c>shuffle</c>.</param>
    public Task CallbacksAsync(string provider, string mode, int factor = 1) =>
        PostAsync("sandbox/callbacks", new { provider, mode, factor });

    public Task MoveClockAsync(TimeSpan ahead) =>
        PostAsync("sandbox/clock", new { advance = System.Xml.XmlConvert.ToString(ahead) });

    /// <summary>Another program of ours sends a text from the same account.</summary>
    public Task TextAsync(string to, string text) => PostToTwilioAsync(
        "Messages.json", ("To", to), ("From", "SOMEBODY"), ("Body", text));

    /// <summary>Twilio forgets what a text said.</summary>
    public Task RedactAsync(string sid) => PostToTwilioAsync($"Messages/{sid}.json", ("Body", ""));

    public void Dispose() => _http.Dispose();

    private async Task PostToTwilioAsync(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        var account = TestSystem.TwilioSid;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"2010-04-01/Accounts/{account}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{TestSystem.TwilioToken}")));
        request.Content = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await _http.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string path) =>
        (await _http.GetFromJsonAsync<List<T>>(path, JsonSerializerOptions.Web))!;

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.InRange(200, 299), $"POST {path}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }
}
