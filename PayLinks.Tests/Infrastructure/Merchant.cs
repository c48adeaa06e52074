using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using PayLinks.Tests.Ledgers;

namespace PayLinks.Tests.Infrastructure;

/// <summary>The merchant's program: speaks to <c>/v1</c> with an API key.</summary>
public sealed class Merchant : IDisposable
{
    public const string Phone = "+393471234567";

    /// <param name="told">Where to keep what the merchant is told.</param>
    public Merchant(string url, string apiKey, Told? told = null)
    {
        ApiKey = apiKey;
        Http = new HttpClient((told ?? new Told()).ListenTo(new HttpClientHandler())) { BaseAddress = new Uri(url) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
    }

    public string ApiKey { get; }

    /// <summary>For requests that no method below makes.</summary>
    public HttpClient Http { get; }

    /// <summary>The body of a good request, to be changed by the test that is about the change.</summary>
    public static Dictionary<string, object?> Order(string value = "49.90", params string[] send) =>
        new(StringComparer.Ordinal)
        {
            ["amount"] = new { value, currency = "EUR" },
            ["description"] = "Ordine 1042: trapano",
            ["reference"] = "1042",
            ["customer"] = new
            {
                name = "Anna",
                phone = "+39 347 123 4567",
                email = "anna@example.test",
                locale = "it-IT",
            },
            ["send"] = send,
        };

    /// <summary>Creates a link and, if told so, sends it.</summary>
    public async Task<Link> CreateLinkAsync(params string[] send) => await CreateLinkAsync(Order(send: send));

    public async Task<Link> CreateLinkAsync(Dictionary<string, object?> body)
    {
        using var response = await PostAsync("v1/links", body);
        return await ReadAsync<Link>(response, HttpStatusCode.Created);
    }

    public async Task<Link> GetLinkAsync(string id) => await GetAsync<Link>($"v1/links/{id}");

    public async Task<IReadOnlyList<LinkEvent>> EventsAsync(string id) =>
        (await GetAsync<Page<LinkEvent>>($"v1/links/{id}/events")).Data;

    public async Task<Link> WaitForStatusAsync(string id, string status, TimeSpan? within = null) =>
        await Eventually.SeesAsync(() => GetLinkAsync(id), link => link.Status == status, $"link is {status}", within);

    /// <summary>Makes a webhook endpoint.</summary>
    /// <returns>Its secret.</returns>
    public async Task<string> AddEndpointAsync(string url)
    {
        using var response = await PostAsync("v1/webhook-endpoints", new { url });
        return (await ReadAsync<JsonElement>(response, HttpStatusCode.Created)).GetProperty("secret").GetString()!;
    }

    public async Task<Link> CancelAsync(string id) =>
        await ReadAsync<Link>(await PostAsync($"v1/links/{id}/cancel"), HttpStatusCode.OK);

    /// <summary>Posts as JSON, or nothing.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, object? body = null, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return Http.SendAsync(request);
    }

    public void Dispose() => Http.Dispose();

    private async Task<T> GetAsync<T>(string path) => await ReadAsync<T>(await Http.GetAsync(path), HttpStatusCode.OK);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), text);
        return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!;
    }
}
