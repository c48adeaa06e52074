using System.Text.Json;
using Dapper;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>The bare programs.</summary>
internal sealed class BareSubject(Installation installation) : ISubject
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(installation.BareUrl) };

    private Hosted? _api;

    public string Name => Subjects.Bare;

    public int ApiProcess => _api!.Id;

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
        Assembly(), (BareWorker.Command, ""), ("Database", installation.Bare),
        ("Twilio", $"{installation.Stub.Url}/2010-04-01/Accounts/{StubTwilio.Account}/"));

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
        await FillAsync();
        return new Load(installation.BareUrl, [.. Numbers().Select(number => $"/links/link{number}")]);
    }

    public async Task<Load> LoadListingAsync()
    {
        await FillAsync();
        return new Load(installation.BareUrl, ["/links"]);
    }

    public async Task<Load> LoadCallingBackAsync()
    {
        await FillAsync();
        return new Load(installation.BareUrl, [.. Numbers().Select(number => $"/callbacks/link{number}")])
        {
            Method = "POST",
            Body = "id=tr_1",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Content-Type"] = "application/x-www-form-urlencoded",
            },
        };
    }

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

    public async Task ForgetAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await connection.ExecuteAsync(
            """
            truncate bare_message, bare_link, bare_payment, bare_callback;
            truncate link, event, message, idempotency cascade
            """);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    private static IEnumerable<int> Numbers() => Enumerable.Range(1, BareTables.Filling);

    private async Task FillAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await connection.ExecuteAsync(BareTables.FillSql, new { BareTables.Filling });
    }

    private static string Assembly() => typeof(BareSubject).Assembly.Location;
}
