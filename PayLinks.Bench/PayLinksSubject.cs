using System.Net.Http.Headers;
using System.Text.Json;
using Dapper;
using Npgsql;
using PayLinks.Core.Links;
using PayLinks.Core.Secrets;

namespace PayLinks.Bench;

/// <summary>API and worker as they are shipped.</summary>
internal sealed class PayLinksSubject(Installation installation) : ISubject
{
    private static readonly string[] BySms = ["sms"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(installation.ApiUrl),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", installation.ApiKey) },
    };

    private Hosted? _api;

    public string Name => Subjects.PayLinks;

    public int ApiProcess => _api!.Id;

    public async Task StartApiAsync()
    {
        if (_api is null)
        {
            _api = Start("PayLinks.Api", ("urls", installation.ApiUrl));
            await Answering.AwaitAsync(_http, "/healthz", Patience);
        }
    }

    public Hosted StartWorker() => Start("PayLinks.Worker", ("urls", "http://127.0.0.1:0"));

    public Hosted StartSettler() => StartWorker();

    public async Task CreateAsync(string phone)
    {
        using var answer = await _http.PostAsJsonAsync("/v1/links", Order(phone));
        answer.EnsureSuccessStatusCode();
    }

    public Task<Load> LoadCreatingAsync() => Task.FromResult(Load("/v1/links") with
    {
        Method = "POST",
        Body = JsonSerializer.Serialize(Order($"+39347{Bench.Load.Digits}")),
        HasKeys = true,
    });

    public async Task<Load> LoadOpeningAsync() =>
        Load([.. (await FillAsync(FewLinks.Number, havePayments: false)).Select(token => $"/p/{token}")]);

    public async Task<Load> LoadListingAsync()
    {
        await FillAsync(FewLinks.Number, havePayments: false);
        return Load("/v1/links?limit=50");
    }

    public async Task<Load> LoadCallingBackAsync(int payments) =>
        Load([.. (await FillAsync(payments, havePayments: true)).Select(key => $"/callbacks/mollie/{key}")]) with
        {
            Method = "POST",
            Body = "id=tr_1",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Content-Type"] = "application/x-www-form-urlencoded",
            },
        };

    public Task MakeMailingAsync() => ExecuteAsync("update message set lane = 3");

    public async Task QueueAgainAsync()
    {
        await ExecuteAsync("vacuum analyze message");
        await ExecuteAsync(
            "update message set status = 'queued', provider_id = null, accepted_at = null, due_at = paylinks_now()");
    }

    public async Task<long> CountSentAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Migrations);
        return await connection.ExecuteScalarAsync<long>("select count(*) from message where accepted_at is not null");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    private static object Order(string phone) => new
    {
        amount = new { value = "49.90", currency = "EUR" },
        description = "Ordine 1042: trapano",
        reference = "1042",
        customer = new { name = "Anna", phone, locale = "it-IT" },
        send = BySms,
    };

    /// <returns>Each link's secret: its token, and its payment's callback key.</returns>
    public async Task<IReadOnlyList<string>> FillAsync(int links, bool havePayments)
    {
        var vault = new Vault(installation.MasterKey);
        string[] secrets = [.. Enumerable.Range(0, links).Select(_ => LinkToken.New("p").Value)];
        await FewLinks.FillAsync(installation, secrets, vault.Hash, havePayments);
        return secrets;
    }

    /// <summary>To ask for these, with the merchant's key.</summary>
    public Load Load(params IReadOnlyList<string> paths) => new(installation.ApiUrl, paths)
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Authorization"] = $"Bearer {installation.ApiKey}",
            ["Content-Type"] = "application/json",
        },
    };

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await connection.ExecuteAsync(sql);
    }

    private Hosted Start(string project, params IReadOnlyList<(string Name, string Value)> own) =>
        Start(installation, project, own);

    /// <summary>Starts one of the hosts, which says nothing before its first trouble.</summary>
    public static Hosted Start(
        Installation installation, string project, params IReadOnlyList<(string Name, string Value)> own)
    {
        var folder = Path.Combine(Root(), project, "bin", "Release", new DirectoryInfo(AppContext.BaseDirectory).Name);
        return Hosted.Start(Path.Combine(folder, $"{project}.dll"), [.. installation.Settings, .. own]);
    }

    private static string Root() =>
        Environment.GetEnvironmentVariable("PAYLINKS_ROOT")
            ?? throw new InvalidOperationException("PAYLINKS_ROOT is missing: run ./bench.sh.");
}
