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

    // The provider has it: whoever is still sending it, or is about to, finds it settled.
    private const string AcceptSql =
        """
        update message
        set status = 'accepted', provider_id = coalesce(@ProviderId, provider_id), reason = null, lease_until = null,
            accepted_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @Id
        returning lane, accepted_at - created_at as age
        """;

    private const string FinishSql =
        """
        update message
        set status = @Status, reason = @Reason, finished_at = paylinks_now(),
            -- What has not arrived falls back at once, if it falls back at all.
            fallback_at = case when @Status <> 'delivered' and fallback_at is not null then paylinks_now() end
        where merchant_id = paylinks_merchant() and id = @Id
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
        await using var transaction = await database.BeginAsync(Guid.Empty, cancellationToken);
        var callbacks = (await transaction.Connection.QueryAsync<Callback>(new CommandDefinition(
            LockSql, new { batch = _batch }, cancellationToken: cancellationToken))).AsList();
        if (callbacks.Count == 0)
        {
            _batch = BatchSize;
            return false;
        }

        FailPoint.Fail("callback.to-apply");
        var moved = new List<(Guid MerchantId, Guid LinkId)>();
        try
        {
            foreach (var merchant in callbacks.GroupBy(callback => callback.MerchantId).OrderBy(group => group.Key))
            {
                await transaction.SwitchToAsync(merchant.Key, CancellationToken.None);
                moved.AddRange((await ApplyAsync(transaction, [.. merchant])).Select(linkId => (merchant.Key, linkId)));
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
        foreach (var (merchantId, linkId) in moved.Distinct())
        {
            wakeups.Link(merchantId, linkId);
        }

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

    /// <returns>The links whose messages moved.</returns>
    private async Task<IReadOnlyList<Guid>> ApplyAsync(
        MerchantTransaction transaction, IReadOnlyList<Callback> callbacks)
    {
        var ids = callbacks.Select(callback => callback.MessageId).OfType<Guid>().Distinct().ToArray();
        await transaction.Connection.ExecuteAsync(LockLinksSql, new { ids });
        var messages = await transaction.Connection.QueryAsync<Locked>(LockMessagesSql, new { ids });
        var moved = new List<Guid>();
        var optedOut = new List<(Guid, MessageChannel, string)>();
        foreach (var message in messages.AsList())
        {
            var latest = callbacks
                .Where(callback => callback.MessageId == message.Id)
                .Select(callback => (callback.News, callback.ProviderId))
                .Where(told => told.News is not null)
                .OrderBy(told => told.News!.Rank)
                .LastOrDefault();
            if (latest.News is { } news && await MoveAsync(transaction, message, news, latest.ProviderId))
            {
                moved.Add(message.LinkId);
                if (news.Reason == DeliveryReason.OptedOut)
                {
                    optedOut.Add((message.Id, message.Channel, message.Recipient));
                }
            }
        }

        moved.AddRange(await transaction.OptOutRefusedAsync(optedOut));
        return moved;
    }

    private async Task<bool> MoveAsync(
        MerchantTransaction transaction, Locked message, MessageNews news, string? providerId)
    {
        if (message.ProviderId is { } known && providerId is not null && !IsSame(known, providerId))
        {
            LogTwice(logger, message.Id);
        }

        var accepts = message.Status is MessageStatus.Queued or MessageStatus.Sending or MessageStatus.Unknown;
        if (accepts)
        {
            var accepted = await transaction.Connection.QuerySingleAsync<AcceptedRow>(
                AcceptSql, new { message.Id, ProviderId = providerId });
            metrics.Accepted(message.Channel, accepted.Lane, accepted.Age);
            if (message.Invites)
            {
                // A queued message that the provider has was being sent when its answer was lost.
                var from = message.Status == MessageStatus.Unknown ? MessageStatus.Unknown : MessageStatus.Sending;
                await transaction.RecordAsync(MessageEvents.Sent(message.LinkId, message.Id, message.Channel, from));
            }
        }

        var current = accepts ? MessageStatus.Accepted : message.Status;
        if (!current.MayBecome(news.To))
        {
            return accepts;
        }

        await transaction.Connection.ExecuteAsync(
            FinishSql, new { message.Id, Status = news.To.ToText(), news.Reason });
        metrics.CountOutcome(message.Channel, news.To, news.Reason);
        if (message.Invites)
        {
            await transaction.RecordAsync(news.To == MessageStatus.Delivered
                ? MessageEvents.Delivered(message.LinkId, message.Id, message.Channel)
                : MessageEvents.Undelivered(
                    message.LinkId, message.Id, message.Channel, (MessageStatus.Accepted, news.To), news.Reason!));
        }

        if (news.Reason is { } reason)
        {
            alarm.Hear(message.Channel, reason);
            await sendOnceMore.IfItMayHelpAsync(transaction, message.Id, reason);
        }

        return true;
    }

    // SendGrid's events carry the id of the answer with a suffix.
    private static bool IsSame(string known, string told) =>
        told.StartsWith(known, StringComparison.Ordinal) && (told.Length == known.Length || told[known.Length] == '.');

    private static Task<int> MarkHandledAsync(MerchantTransaction transaction, IEnumerable<Callback> callbacks) =>
        transaction.Connection.ExecuteAsync(
            HandledSql, new { ids = callbacks.Select(callback => callback.Id).ToArray() });

    private sealed record Callback(
        Guid MerchantId, Guid Id, string Provider, Guid? MessageId, string? Outcome, string? Code, string? ProviderId)
    {
        public MessageNews? News => ReadOutcome.Of(Provider, Outcome, Code);
    }

    /// <param name="Age">From queued until accepted.</param>
    private sealed record AcceptedRow(short Lane, TimeSpan Age);

    private sealed record Locked(
        Guid Id, Guid LinkId, MessageChannel Channel, MessagePurpose Purpose, string Recipient, MessageStatus Status,
        string? ProviderId)
    {
        public bool Invites => Purpose.Invites();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Applying {Count} callbacks failed")]
    private static partial void LogFailed(ILogger logger, Exception error, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Callback {CallbackId} cannot be applied and is set aside")]
    private static partial void LogSetAside(ILogger logger, Guid callbackId);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Message {MessageId} has two ids at its provider: it may have been sent twice")]
    private static partial void LogTwice(ILogger logger, Guid messageId);
}
