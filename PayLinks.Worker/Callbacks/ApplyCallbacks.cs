using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Callbacks;

/// <summary>
/// Moves messages by what their providers have told, in batches of one transaction. Providers repeat themselves and
/// keep no order, so a message only ever moves forward, and a callback proves that the provider has the message even if
/// its own answer never came.
/// </summary>
internal sealed partial class ApplyCallbacks(
    NpgsqlDataSource database, Wakeups wakeups, SendOnceMore sendOnceMore, SendingMetrics metrics, SetupAlarm alarm,
    ILogger<ApplyCallbacks> logger) : IJob
{
    private const int BatchSize = 200;

    private const string LockSql =
        "select merchant_id, id, provider, message_id, outcome, code, provider_id from lock_callbacks(@batch)";

    // Links before messages and both in the order of their ids, as in everybody else's transactions.
    private const string LockLinksSql =
        """
        select id from link
        where merchant_id = paylinks_merchant()
            and id in (select link_id from message where merchant_id = paylinks_merchant() and id = any(@ids))
        order by id
        for update
        """;

    private const string LockMessagesSql =
        """
        select id, link_id, channel, purpose, recipient, status, provider_id from message
        where merchant_id = paylinks_merchant() and id = any(@ids)
        order by link_id, id
        for update
        """;

    // Whoever is still sending a message that its provider has, or is about to, finds it settled. Its link is named so
    // that each index that begins with the merchant leads to the one row.
    private const string MoveSql =
        """
        update message m
        set status = n.status, reason = n.reason, provider_id = coalesce(n.provider_id, m.provider_id),
            lease_until = null, accepted_at = coalesce(m.accepted_at, n.now),
            finished_at = case when n.status <> 'accepted' then n.now end,
            -- What has not arrived falls back at once, if it falls back at all.
            fallback_at = case
                when n.status = 'accepted' then m.fallback_at
                when n.status <> 'delivered' and m.fallback_at is not null then n.now end
        from (
            select *, (select paylinks_now()) as now
            from unnest(@Ids, @LinkIds, @Statuses, @Reasons, @ProviderIds)
                as n (id, link_id, status, reason, provider_id)) n
        where m.merchant_id = paylinks_merchant() and m.id = n.id and m.link_id = n.link_id
        returning m.id, m.lane, m.accepted_at - m.created_at as age
        """;

    private const string HandledSql =
        "update callback set handled_at = paylinks_now() where merchant_id = paylinks_merchant() and id = any(@ids)";

    // After a batch that failed, callbacks are taken one by one, so that the one at fault is found and set aside.
    private int _batch = BatchSize;

    public string Name => "apply callbacks";

    public string WokenBy => Wakeups.Callbacks;

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var (locking, callbacks) = await MerchantTransaction.BeginAsync(
            database, Guid.Empty, LockSql, new { batch = _batch },
            async answers => (await answers.ReadAsync<Callback>()).AsList(), cancellationToken);
        await using var transaction = locking;
        if (callbacks.Count == 0)
        {
            _batch = BatchSize;
            return false;
        }

        FailPoint.Fail("callback.to-apply");
        var applied = new List<Applied>();
        try
        {
            foreach (var merchant in callbacks.GroupBy(callback => callback.MerchantId).OrderBy(group => group.Key))
            {
                await transaction.SwitchToAsync(merchant.Key, CancellationToken.None);
                applied.Add(await ApplyAsync(transaction, [.. merchant]));
                await MarkHandledAsync(transaction, merchant);
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is not NpgsqlException { IsTransient: true } and not TimeoutException)
        {
            LogFailed(logger, error, callbacks.Count);
            await transaction.DisposeAsync();
            await SetAsideAsync(callbacks);
            return true;
        }

        FailPoint.Fail("callback.applied");
        applied.ForEach(Tell);
        return callbacks.Count == _batch;
    }

    private async Task SetAsideAsync(IReadOnlyList<Callback> callbacks)
    {
        if (callbacks.Count > 1)
        {
            _batch = 1;
            return;
        }

        await using var transaction = await database.BeginAsync(callbacks[0].MerchantId, CancellationToken.None);
        await MarkHandledAsync(transaction, callbacks);
        await transaction.CommitAsync(CancellationToken.None);
        LogSetAside(logger, callbacks[0].Id);
    }

    private async Task<Applied> ApplyAsync(MerchantTransaction transaction, IReadOnlyList<Callback> callbacks)
    {
        var told = callbacks.ToLookup(callback => callback.MessageId);
        var ids = told.Select(message => message.Key).OfType<Guid>().ToArray();
        await transaction.Connection.ExecuteAsync(LockLinksSql, new { ids });
        var messages = await transaction.Connection.QueryAsync<Locked>(LockMessagesSql, new { ids });
        var latest = messages.Select(message => LatestOf(message, told[message.Id])).OfType<Move>().ToList();
        foreach (var twice in latest.Where(move => move.HasAnotherId))
        {
            LogTwice(logger, twice.Message.Id);
        }

        var moves = latest.Where(move => move.IsForward).ToList();
        if (moves.Count == 0)
        {
            return new Applied(transaction.MerchantId, [], []);
        }

        var moved = await transaction.Connection.QueryAsync<Moved>(
            MoveSql,
            new
            {
                Ids = moves.Select(move => move.Message.Id).ToArray(),
                LinkIds = moves.Select(move => move.Message.LinkId).ToArray(),
                Statuses = moves.Select(move => move.News.To.ToText()).ToArray(),
                Reasons = moves.Select(move => move.News.Reason).ToArray(),
                ProviderIds = moves.Select(move => move.Accepts ? move.ProviderId : null).ToArray(),
            });
        await transaction.RecordAsync([.. moves.Where(move => move.Message.Invites).SelectMany(EventsOf)]);
        await sendOnceMore.WhereItMayHelpAsync(
            transaction,
            moves.Where(move => move.News.Reason is not null)
                .Select(move => (move.Message.LinkId, move.Message.Id, move.News.Reason!)));
        var takenBack = await transaction.OptOutRefusedAsync(
            moves.Where(move => move.News.Reason == DeliveryReason.OptedOut)
                .Select(move => (move.Message.Id, move.Message.Channel, move.Message.Recipient)));
        return new Applied(
            transaction.MerchantId,
            [.. moves.Join(moved, move => move.Message.Id, row => row.Id, (move, row) => (move, row))],
            [.. moves.Select(move => move.Message.LinkId).Union(takenBack)]);
    }

    private static Move? LatestOf(Locked message, IEnumerable<Callback> told) => told
        .Select(callback => callback.News is { } news ? new Move(message, news, callback.ProviderId) : null)
        .OfType<Move>().OrderBy(move => move.News.Rank).LastOrDefault();

    private static IEnumerable<NewEvent> EventsOf(Move move)
    {
        var (id, linkId, channel) = (move.Message.Id, move.Message.LinkId, move.Message.Channel);
        if (move.Accepts)
        {
            // A queued message that the provider has was being sent when its answer was lost.
            var from = move.Message.Status == MessageStatus.Unknown ? MessageStatus.Unknown : MessageStatus.Sending;
            yield return MessageEvents.Sent(linkId, id, channel, from);
        }

        if (move.News.To == MessageStatus.Delivered)
        {
            yield return MessageEvents.Delivered(linkId, id, channel);
        }
        else if (move.News.Reason is { } reason)
        {
            yield return MessageEvents.Undelivered(
                linkId, id, channel, (MessageStatus.Accepted, move.News.To), reason);
        }
    }

    // What has been committed is counted once and told to whom it concerns.
    private void Tell(Applied applied)
    {
        foreach (var (move, row) in applied.Moves)
        {
            if (move.Accepts)
            {
                metrics.Accepted(move.Message.Channel, row.Lane, row.Age);
            }

            if (move.News.To != MessageStatus.Accepted)
            {
                metrics.CountOutcome(move.Message.Channel, move.News.To, move.News.Reason);
            }

            if (move.News.Reason is { } reason)
            {
                alarm.Hear(move.Message.Channel, reason);
            }
        }

        foreach (var linkId in applied.Links)
        {
            wakeups.Link(applied.MerchantId, linkId);
        }
    }

    private static Task<int> MarkHandledAsync(MerchantTransaction transaction, IEnumerable<Callback> callbacks) =>
        transaction.Connection.ExecuteAsync(
            HandledSql, new { ids = callbacks.Select(callback => callback.Id).ToArray() });

    private sealed record Callback(
        Guid MerchantId, Guid Id, string Provider, Guid? MessageId, string? Outcome, string? Code, string? ProviderId)
    {
        public MessageNews? News => ReadOutcome.Of(Provider, Outcome, Code);
    }

    private sealed record Locked(
        Guid Id, Guid LinkId, MessageChannel Channel, MessagePurpose Purpose, string Recipient, MessageStatus Status,
        string? ProviderId)
    {
        public bool Invites => Purpose.Invites();
    }

    /// <param name="News">The latest of what was told.</param>
    /// <param name="ProviderId">Of whoever told it.</param>
    private sealed record Move(Locked Message, MessageNews News, string? ProviderId)
    {
        /// <summary>Nothing had said yet that the provider has it.</summary>
        public bool Accepts => Message.Status is MessageStatus.Queued or MessageStatus.Sending or MessageStatus.Unknown;

        public bool IsForward => Accepts || Message.Status.MayBecome(News.To);

        // SendGrid's events carry the id of the answer with a suffix.
        public bool HasAnotherId => Message.ProviderId is { } known && ProviderId is { } told
            && told != known && !told.StartsWith(known + ".", StringComparison.Ordinal);
    }

    /// <param name="Age">From queued until accepted.</param>
    private sealed record Moved(Guid Id, short Lane, TimeSpan Age);

    private sealed record Applied(
        Guid MerchantId, IReadOnlyList<(Move Move, Moved Row)> Moves, IReadOnlyList<Guid> Links);

    [LoggerMessage(Level = LogLevel.Error, Message = "Applying {Count} callbacks failed")]
    private static partial void LogFailed(ILogger logger, Exception error, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Callback {CallbackId} cannot be applied and is set aside")]
    private static partial void LogSetAside(ILogger logger, Guid callbackId);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Message {MessageId} has two ids at its provider: it may have been sent twice")]
    private static partial void LogTwice(ILogger logger, Guid messageId);
}
