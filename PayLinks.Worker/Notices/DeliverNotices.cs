using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Worker.Notices;

/// <summary>
/// Tells merchants what has happened, by signed posts to their webhook endpoints. Notices are leased, not locked, and
/// of each endpoint only a few at a time. What a worker that died has left is posted again under the same id.
/// </summary>
internal sealed partial class DeliverNotices(
    NpgsqlDataSource database, LoadNotice load, PostNotice post, WriteAttempt write, NoticeMetrics metrics,
    NoticeOptions options, TimeProvider clock, ILogger<DeliverNotices> logger) : IJob
{
    private const string LeaseSql =
        """
        select merchant_id, event_id, endpoint_id, lease_epoch
        from lease_notices(@batch, @ConcurrencyPerEndpoint, @Lease)
        """;

    private readonly InFlight _inFlight = new(options.Concurrency);
    private Action _again = () => { };

    public string Name => "deliver notices";

    // Whoever changes a link says so, and each change is an event.
    public string WokenBy => Wakeups.LinkChannel;

    public TimeSpan Every => options.Every;

    public Action Again
    {
        set => _again = value;
    }

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, DeliverAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<(LeasedNotice Notice, long At)>> LeaseAsync(
        int batch, CancellationToken cancellationToken)
    {
        var leasedAt = clock.GetTimestamp();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var leased = await connection.QueryAsync<LeasedNotice>(new CommandDefinition(
            LeaseSql,
            new { batch, options.ConcurrencyPerEndpoint, options.Lease },
            cancellationToken: cancellationToken));
        return [.. leased.Select(notice => (notice, leasedAt))];
    }

    private async Task DeliverAsync((LeasedNotice Notice, long LeasedAt) one)
    {
        try
        {
            await DeliverAsync(one.Notice, one.LeasedAt);
        }
#pragma warning disable CA1031 // One notice that cannot be posted must not stop the others; its lease runs out.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, PublicId.Format(PublicId.Event, one.Notice.EventId));
        }

        // There may be more for this endpoint than it was given at once.
        _again();
    }

    private async Task DeliverAsync(LeasedNotice notice, long leasedAt)
    {
        FailPoint.Fail("notice.leased");
        if (await load.ExecuteAsync(notice) is not { } outgoing)
        {
            await write.GiveUpAsync(notice);
            return;
        }

        // A worker that was frozen may be past its lease, and somebody else at the same notice.
        if (clock.GetElapsedTime(leasedAt) > options.Lease - options.Exchange)
        {
            LogLeaseOver(logger, PublicId.Format(PublicId.Event, notice.EventId));
            return;
        }

        FailPoint.Fail("notice.to-post");
        var posted = await post.ExecuteAsync(
            outgoing.Url, PublicId.Format(PublicId.Event, notice.EventId), outgoing.Body, outgoing.Secrets);
        FailPoint.Fail("notice.posted");
        metrics.Count(posted);
        await write.ExecuteAsync(notice, outgoing, posted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Telling a merchant of event {EventId} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, string eventId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} was not told: its lease was nearly over")]
    private static partial void LogLeaseOver(ILogger logger, string eventId);
}
