using System.Threading.Channels;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PayLinks.Core.Database;

/// <summary>
/// Tells the other processes, after a commit, that there is something to do or to show. Only a hint that saves
/// waiting: every listener also polls. Sent outside the transaction and coalesced, because NOTIFY makes commits
/// wait for each other.
/// </summary>
public sealed partial class Wakeups(NpgsqlDataSource database, TimeProvider clock, ILogger<Wakeups> logger)
    : BackgroundService
{
    /// <summary>Channel for the worker; the payload is one of the words below.</summary>
    public const string WorkChannel = "paylinks_work";

    /// <summary>Channel for live screens; the payload is <c>merchantId/linkId</c>.</summary>
    public const string LinkChannel = "paylinks_link";

    /// <summary>
    /// Channel for news of providers; the payload is the provider's name, or <see cref="OutageOver"/>.
    /// </summary>
    public const string OutageChannel = "paylinks_outage";

    public const string OutageOver = "over";

    public const string Messages = "messages";
    public const string Callbacks = "callbacks";
    public const string Payments = "payments";
    public const string Refunds = "refunds";
    public const string Reconciliation = "reconciliation";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // Losing a hint costs a polling interval, so a full queue may drop.
    private readonly Channel<(string Channel, string Payload)> _queue = Channel.CreateBounded<(string, string)>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something of this kind is due in the worker.</summary>
    public void Work(string kind) => _queue.Writer.TryWrite((WorkChannel, kind));

    /// <summary>Something about this link has changed and been committed.</summary>
    public void Link(Guid merchantId, Guid linkId) => _queue.Writer.TryWrite((LinkChannel, $"{merchantId}/{linkId}"));

    /// <summary>An outage was written down, or taken back.</summary>
    /// <param name="payload">The provider, or <see cref="OutageOver"/>.</param>
    public void Outage(string payload) => _queue.Writer.TryWrite((OutageChannel, payload));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            var hints = new HashSet<(string Channel, string Payload)>();
            while (_queue.Reader.TryRead(out var hint))
            {
                hints.Add(hint);
            }

            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await connection.ExecuteAsync(new CommandDefinition(
                    "select pg_notify(channel, payload) from unnest(@Channels, @Payloads) as hint (channel, payload)",
                    new
                    {
                        Channels = hints.Select(hint => hint.Channel).ToArray(),
                        Payloads = hints.Select(hint => hint.Payload).ToArray(),
                    },
                    cancellationToken: stoppingToken));
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                LogLost(logger, error, hints.Count);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} wake-up hints were lost; polling will find the work")]
    private static partial void LogLost(ILogger logger, Exception error, int count);
}
