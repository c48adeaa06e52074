using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PayLinks.Core.Database;

namespace PayLinks.Core.Providers;

/// <summary>
/// Writes down what this process has met with of providers that are down, for everybody's screens. A call of any
/// process that gets through ends an outage, unless another process still meets with it.
/// </summary>
public sealed partial class NoteOutages : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StillMetWith = TimeSpan.FromSeconds(2);

    private readonly ProviderWatch _watch;
    private readonly NpgsqlDataSource _database;
    private readonly Wakeups _wakeups;
    private readonly TimeProvider _clock;
    private readonly ILogger<NoteOutages> _logger;
    private readonly Noted[] _noted = [.. Enum.GetValues<Provider>().Select(provider => new Noted(provider))];

    public NoteOutages(
        ProviderWatch watch, NpgsqlDataSource database, Wakeups wakeups, DatabaseListener listener, TimeProvider clock,
        ILogger<NoteOutages> logger)
    {
        (_watch, _database, _wakeups, _clock, _logger) = (watch, database, wakeups, clock, logger);
        listener.Heard += Hear;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var noted in _noted)
            {
                try
                {
                    await LookAsync(noted, stoppingToken);
                }
                catch (Exception error) when (error is NpgsqlException or TimeoutException)
                {
                    LogNotNoted(_logger, error, noted.Provider);
                }
            }
        }
    }

    private async Task LookAsync(Noted noted, CancellationToken cancellationToken)
    {
        var sight = _watch.Look(noted.Provider);
        if (sight.IsDown)
        {
            if (sight.SeenAt > noted.SeenAt && _clock.GetElapsedTime(noted.At) >= NoteEvery)
            {
                await NoteAsync(noted, sight, cancellationToken);
            }
        }
        else if (sight.ReachedAt is { } reached && reached > noted.TriedAt && (noted.IsOurs || noted.IsOthers)
            && _clock.GetElapsedTime(noted.TriedAt) >= NoteEvery)
        {
            noted.TriedAt = _clock.GetTimestamp();
            await EndAsync(noted, cancellationToken);
        }
    }

    private async Task NoteAsync(Noted noted, ProviderSight sight, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        var isNew = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select note_outage(@Provider, @SeenAgo, @ForgottenAfter)",
            new
            {
                Provider = noted.Provider.ToText(),
                SeenAgo = _clock.GetElapsedTime(sight.SeenAt),
                ProviderWatch.ForgottenAfter,
            },
            cancellationToken: cancellationToken));
        (noted.At, noted.SeenAt, noted.IsOurs) = (_clock.GetTimestamp(), sight.SeenAt, true);
        if (isNew)
        {
            LogDown(_logger, noted.Provider);
            _wakeups.Outage(noted.Provider.ToText());
        }
    }

    private async Task EndAsync(Noted noted, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        var ended = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
            "select end_outage(@Provider, @UnseenFor)",
            new { Provider = noted.Provider.ToText(), UnseenFor = noted.IsOurs ? TimeSpan.Zero : StillMetWith },
            cancellationToken: cancellationToken));
        if (ended is false)
        {
            return;
        }

        noted.IsOurs = noted.IsOthers = false;
        if (ended is true)
        {
            LogUp(_logger, noted.Provider);
            _wakeups.Outage(Wakeups.OutageOver);
        }
    }

    // An empty word: something may have been missed.
    private void Hear(string channel, string word)
    {
        foreach (var noted in _noted.Where(_ => channel == Wakeups.OutageChannel && word != Wakeups.OutageOver))
        {
            noted.IsOthers |= word.Length == 0 || word == noted.Provider.ToText();
        }
    }

    private sealed class Noted(Provider provider)
    {
        private volatile bool _isOthers;

        public Provider Provider => provider;

        /// <summary>When it was last written down, or long ago.</summary>
        public long At { get; set; }

        public long SeenAt { get; set; }

        public long TriedAt { get; set; }

        public bool IsOurs { get; set; }

        public bool IsOthers
        {
            get => _isOthers;
            set => _isOthers = value;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Calls to {Provider} do not get through")]
    private static partial void LogDown(ILogger logger, Provider provider);

    [LoggerMessage(Level = LogLevel.Information, Message = "Calls to {Provider} get through again")]
    private static partial void LogUp(ILogger logger, Provider provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How {Provider} does could not be written down")]
    private static partial void LogNotNoted(ILogger logger, Exception error, Provider provider);
}
