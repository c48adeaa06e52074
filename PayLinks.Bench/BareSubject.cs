using Dapper;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>The bare programs.</summary>
internal sealed class BareSubject(Installation installation) : ISubject
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(installation.BareUrl) };

    private Hosted? _api;

    public string Name => "bare";

    public async Task StartApiAsync()
    {
        if (_api is null)
        {
            _api = Hosted.Start(
                Assembly(), (BareApi.Command, ""), ("Url", installation.BareUrl),
                ("Database", installation.Migrations));
            await Answering.AwaitAsync(_http, "/healthz", Patience);
        }
    }

    public Hosted StartWorker() => Hosted.Start(
        Assembly(), (BareWorker.Command, ""), ("Database", installation.Migrations),
        ("Twilio", $"{installation.Stub.Url}/2010-04-01/Accounts/{StubTwilio.Account}/"));

    public async Task CreateAsync(string phone)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/links", new BareApi.Order(4990, "Ordine 1042: trapano", phone));
        answer.EnsureSuccessStatusCode();
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
        await connection.ExecuteAsync("truncate bare_message, bare_link");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    private static string Assembly() => typeof(BareSubject).Assembly.Location;
}
