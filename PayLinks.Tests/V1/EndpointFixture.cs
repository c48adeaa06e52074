using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>The API, and webhook endpoints made through it.</summary>
public abstract class EndpointFixture : ApiFixture
{
    protected const string Path = "v1/webhook-endpoints";
    protected const string Url = "https://shop.example/hook";

    protected static async Task<JsonElement> CreateAsync(Merchant caller, object body)
    {
        using var response = await caller.PostAsync(Path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <returns>The endpoint's path.</returns>
    protected static async Task<string> AddAsync(Merchant caller, params string[] events) =>
        $"{Path}/{(await CreateAsync(caller, new { url = Url, events })).GetProperty("id").GetString()}";

    protected static async Task<IReadOnlyList<JsonElement>> ListAsync(Merchant caller) =>
        (await caller.Http.GetFromJsonAsync<Page<JsonElement>>(Path))!.Data;

    protected static async Task<JsonElement> PatchAsync(Merchant caller, string path, string body)
    {
        using var response = await caller.Http.PatchAsync(path, Json(body));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonDocument.Parse(text).RootElement;
    }

    protected static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
