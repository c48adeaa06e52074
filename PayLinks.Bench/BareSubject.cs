using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>The bare programs.</summary>
internal sealed class BareSubject(Installation installation) : ISubject
{
    /// <summary>By what the link <c>:n</c> is found.</summary>
    public const string HashSql = "sha256(('link' || :n)::bytea)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(installation.BareUrl) };

    private Hosted? _api;

    public string Name => Subjects.Bare;

    public int ApiProcess => _api!.Id;

    private string Twilio => $"{installation.Stub.Url}/2010-04-01/Accounts/{StubProviders.Account}/";

    public async Task StartApiAsync()
    {
        if (_api is null)
        {
            _api = Hosted.Start(
                Assembly(), (BareApi.Command, ""), ("Url", installation.BareUrl),
                ("Database", installation.Bare), ("Merchant", installation.Merchant));
            await Answering.AwaitAsync(_http, "/healthz", Patience);
        }
    }

    public Hosted StartWorker() => Hosted.Start(
        Assembly(), (BareWorker.Command, ""), ("Database", installation.Bare), ("Twilio", Twilio));

    public Hosted StartSettler() => Hosted.Start(
        Assembly(), (BareWorker.Command, ""), ("Database", installation.Bare), ("Merchant", installation.Merchant),
        ("Twilio", Twilio), ("Mollie", $"{installation.Stub.Url}/v2/"));

    public async Task CreateAsync(string phone)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/links", new BareApi.Order(4990, "Ordine 1042: trapano", phone));
        answer.EnsureSuccessStatusCode();
    }

    public Task<Load> LoadCreatingAsync() => Task.FromResult(new Load(installation.BareUrl, ["/same"])
    {
        Method = "POST",
        Body = JsonSerializer.Serialize(
            new BareApi.Order(4990, "Ordine 1042: trapano", $"+39347{Load.Digits}"), JsonSerializerOptions.Web),
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" },
    });

    public async Task<Load> LoadOpeningAsync()
    {
        var keys = await FillAsync(FewLinks.Number, havePayments: false);
        return new Load(installation.BareUrl, [.. keys.Select(key => $"/links/{key}")]);
    }

    public async Task<Load> LoadListingAsync()
    {
        await FillAsync(FewLinks.Number, havePayments: false);
        return new Load(installation.BareUrl, ["/links"]);
    }

    public async Task<Load> LoadCallingBackAsync(int payments) => new(
        installation.BareUrl, [.. (await FillAsync(payments, havePayments: true)).Select(key => $"/callbacks/{key}")])
    {
        Method = "POST",
        Body = "id=tr_1",
        Headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Content-Type"] = "application/x-www-form-urlencoded",
        },
    };

    // It knows no order but the first come, first served.
    public Task MakeMailingAsync() => Task.CompletedTask;

    public async Task QueueAgainAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await connection.ExecuteAsync("vacuum analyze bare_message");
        await connection.ExecuteAsync("update bare_message set status = 'queued', provider_id = null");
    }

    public async Task<long> CountSentAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Migrations);
        return await connection.ExecuteScalarAsync<long>("select count(*) from bare_message where status = 'accepted'");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    private async Task<IEnumerable<string>> FillAsync(int links, bool havePayments)
    {
        string[] secrets = [.. Enumerable.Range(1, links).Select(number => $"link{number}")];
        await FewLinks.FillAsync(installation, secrets, Hash, havePayments);
        return secrets.Select(secret => Convert.ToHexStringLower(Hash(secret)));
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private static string Assembly() => typeof(BareSubject).Assembly.Location;
}
