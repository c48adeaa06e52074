using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace PayLinks.Tests.Sandbox;

/// <summary>A sandbox of its own on a free port, and a receiver for its callbacks, spoken to over HTTP alone.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    // Joined here, so that nothing in the file looks like somebody's key.
    public const string MollieKey = "test_" + "dHar4XY7LxsDOtmnkVtjNVWXLSlXsM";
    public const string OtherMollieKey = "test_" + "Q8bRvo7qEZo5B8cwPMGnU6qLtr3RkS";
    public const string Account = "AC" + "0123456789abcdef0123456789abcdef";
    public const string AuthToken = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    public const string SendGridKey = "SG.sandbox.key";
    public const string Visa = "4543 4740 0224 9996";
    public const string Frictionless = "4000 0000 0000 0002";

    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, Receiver receiver, ECDsa eventKey)
    {
        _app = app;
        Receiver = receiver;
        EventKey = eventKey;
        Url = AddressOf(app);
        Plain = Client();
        Mollie = Client(new AuthenticationHeaderValue("Bearer", MollieKey));
        Twilio = Client(new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{AuthToken}"))));
        SendGrid = Client(new AuthenticationHeaderValue("Bearer", SendGridKey));
    }

    public string Url { get; }

    public Receiver Receiver { get; }

    /// <summary>What event batches are signed with.</summary>
    public ECDsa EventKey { get; }

    /// <summary>Without credentials; follows no redirect.</summary>
    public HttpClient Plain { get; }

    public HttpClient Mollie { get; }

    public HttpClient Twilio { get; }

    public HttpClient SendGrid { get; }

    public static async Task<SandboxHost> StartAsync(string stateFile = "")
    {
        var receiver = await Receiver.StartAsync();
        var eventKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var app = PayLinks.Sandbox.Program.Build(
        [
            "--Urls=http://127.0.0.1:0",
            $"--Sandbox:StateFile={stateFile}",
            $"--Sandbox:MollieKeys:0={MollieKey}",
            $"--Sandbox:MollieKeys:1={OtherMollieKey}",
            $"--Sandbox:TwilioAccountSid={Account}",
            $"--Sandbox:TwilioAuthToken={AuthToken}",
            $"--Sandbox:TwilioInboundUrl={receiver.Url}/inbound",
            $"--Sandbox:SendGridKey={SendGridKey}",
            $"--Sandbox:SendGridPrivateKey={Convert.ToBase64String(eventKey.ExportPkcs8PrivateKey())}",
            $"--Sandbox:SendGridEventUrl={receiver.Url}/events",
        ]);
        await app.StartAsync();
        return new SandboxHost(app, receiver, eventKey);
    }

    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public async Task<JsonNode> OrderAsync(string path, object order)
    {
        using var response = await Plain.PostAsJsonAsync(path, order);
        Assert.That(response.IsSuccessStatusCode, Is.True, await response.Content.ReadAsStringAsync());
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public async Task<JsonArray> BooksAsync(string what) =>
        (await Plain.GetFromJsonAsync<JsonArray>($"/sandbox/{what}"))!;

    public async Task<string> CardTokenAsync(string number = Visa)
    {
        var answer = await OrderAsync(
            "/sandbox/card-tokens", new { number, expiry = "12/39", cvv = "123", holder = "Anna Rossi" });
        return answer["token"]!.GetValue<string>();
    }

    /// <summary>The fields of a payment that Mollie takes.</summary>
    public JsonObject PaymentOrder(string value = "49.90", string? cardToken = null)
    {
        var order = new JsonObject
        {
            ["amount"] = new JsonObject { ["value"] = value, ["currency"] = "EUR" },
            ["description"] = "Ordine 1042",
            ["redirectUrl"] = $"{Receiver.Url}/shop",
            ["webhookUrl"] = $"{Receiver.Url}/mollie",
            ["metadata"] = new JsonObject { ["link"] = "pl_1" },
        };
        if (cardToken is not null)
        {
            order["method"] = "creditcard";
            order["cardToken"] = cardToken;
        }

        return order;
    }

    public async Task<HttpResponseMessage> PostPaymentAsync(JsonObject order, string? key = null,
        HttpClient? client = null)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, "/v2/payments") { Content = JsonContent.Create(order) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await (client ?? Mollie).SendAsync(request);
    }

    public async Task<JsonNode> CreatePaymentAsync(JsonObject? order = null)
    {
        using var response = await PostPaymentAsync(order ?? PaymentOrder(cardToken: await CardTokenAsync()));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created),
            await response.Content.ReadAsStringAsync());
        return await ReadAsync(response);
    }

    public async Task<string> PaidPaymentAsync(string value = "49.90")
    {
        var order = PaymentOrder(value, await CardTokenAsync(Frictionless));
        var payment = await CreatePaymentAsync(order);
        Assert.That(payment["status"]!.GetValue<string>(), Is.EqualTo("paid"));
        return payment["id"]!.GetValue<string>();
    }

    public async Task<JsonNode> PaymentAsync(string id, string query = "") =>
        (await Mollie.GetFromJsonAsync<JsonNode>($"/v2/payments/{id}{query}"))!;

    public Task<HttpResponseMessage> PostSmsAsync(string to, string body, string? callback = null,
        string from = "PayLinks")
    {
        var fields = new Dictionary<string, string> { ["To"] = to, ["From"] = from, ["Body"] = body };
        if (callback is not null)
        {
            fields["StatusCallback"] = callback;
        }

        return PostSmsAsync(fields);
    }

    public async Task<HttpResponseMessage> PostSmsAsync(Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await Twilio.PostAsync($"/2010-04-01/Accounts/{Account}/Messages.json", form);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public async ValueTask DisposeAsync()
    {
        Plain.Dispose();
        Mollie.Dispose();
        Twilio.Dispose();
        SendGrid.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
        EventKey.Dispose();
    }

    private HttpClient Client(AuthenticationHeaderValue? authorization = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(Url),
        };
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }
}
