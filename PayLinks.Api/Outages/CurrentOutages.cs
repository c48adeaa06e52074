using Dapper;
using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Core.Database;
using PayLinks.Core.Providers;

namespace PayLinks.Api.Outages;

/// <summary>
/// The providers that calls do not get through to, for everybody's screens: read once for all of them, at most a second
/// ago, and anew as soon as there is news.
/// </summary>
internal sealed class CurrentOutages : IDisposable
{
    private const string ReadSql =
        "select provider from provider_outage where seen_at > paylinks_now() - @ForgottenAfter order by provider";

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _database;
    private readonly DatabaseListener _listener;
    private readonly FeedHints _hints;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1);
    private Answer? _latest;
    private int _news;

    public CurrentOutages(NpgsqlDataSource database, DatabaseListener listener, FeedHints hints, TimeProvider clock)
    {
        (_database, _listener, _hints, _clock) = (database, listener, hints, clock);
        _listener.Heard += Hear;
    }

    public async Task<IReadOnlyList<Provider>> ReadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var news = Volatile.Read(ref _news);
            if (_latest is { } latest && latest.News == news && _clock.GetElapsedTime(latest.At) < GoodFor)
            {
                return latest.Outages;
            }

            var at = _clock.GetTimestamp();
            await using var connection = await _database.OpenConnectionAsync(cancellationToken);
            var providers = await connection.QueryAsync<string>(new CommandDefinition(
                ReadSql, new { ProviderWatch.ForgottenAfter }, cancellationToken: cancellationToken));
            var outages = providers
                .Select(name => StatusText.TryRead<Provider>(name, out var provider) ? provider : (Provider?)null)
                .OfType<Provider>().ToList();
            _latest = new Answer(at, news, outages);
            return outages;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _listener.Heard -= Hear;
        _one.Dispose();
    }

    private void Hear(string channel, string word)
    {
        if (channel == Wakeups.OutageChannel)
        {
            Interlocked.Increment(ref _news);
            _hints.HintEverybody();
        }
    }

    private sealed record Answer(long At, int News, IReadOnlyList<Provider> Outages);
}
