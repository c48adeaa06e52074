using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PayLinks.Core.Database;

/// <summary>
/// One LISTEN connection for the process, outside the pool. Hints may be lost (a broken connection says nothing),
/// so whoever subscribes polls as well; after each reconnect everybody is told to look.
/// </summary>
/// <param name="connectionString">A direct connection: LISTEN does not pass a pooler in transaction mode.</param>
/// <param name="channels">The channels to listen on, of <see cref="Wakeups"/>.</param>
public sealed partial class DatabaseListener(
    string connectionString, IReadOnlyList<string> channels, TimeProvider clock, ILogger<DatabaseListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Raised with channel and payload; with an empty payload when hints may have been missed and everybody should
    /// look.
    /// </summary>
    public event Action<string, string>? Heard;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A black-holed connection is only noticed by asking: Keepalive sends a query every two seconds.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 2 };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(settings.ConnectionString, stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                LogBroken(logger, error);
                await Task.Delay(RetryAfter, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(string settings, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(settings);
        await connection.OpenAsync(cancellationToken);
        connection.Notification += (_, hint) => Heard?.Invoke(hint.Channel, hint.Payload);
        await using (var listen = connection.CreateCommand())
        {
#pragma warning disable CA2100 // The channels are constants of Wakeups.
            listen.CommandText = string.Join(';', channels.Select(channel => $"listen {channel}"));
#pragma warning restore CA2100
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var channel in channels)
        {
            Heard?.Invoke(channel, "");
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening for wake-ups broke off; polling goes on meanwhile")]
    private static partial void LogBroken(ILogger logger, Exception error);
}
