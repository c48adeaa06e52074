using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Messages;
using PayLinks.Core.Providers;
using PayLinks.Core.Texts;
using PayLinks.Worker.Twilio;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Asks the provider about texts that it may or may not have. What it has is accepted; what it has not goes out again.
/// Emails cannot be looked up and are not sent twice: only an event resolves them.
/// </summary>
internal sealed partial class LookUpUnknownSms(
    NpgsqlDataSource database, ISmsProvider provider, OpenSecrets secrets, RetrySchedule retries, ProviderWatch watch,
    SendingMetrics metrics, SendingOptions options, Wakeups wakeups, TimeProvider clock,
    ILogger<LookUpUnknownSms> logger) : IJob
{
    private const int Concurrency = 16;

    // The provider counts whole seconds, and asking it takes time. Ages are compared, so its clock need not agree with
    // ours.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgainAtLast = TimeSpan.FromMinutes(5);

    private const string LeaseSql = "select merchant_id, id from lease_unknown_messages('sms', @batch, @Lease)";

    private const string FindBoundSql =
        """
        select provider_id from message
        where merchant_id = paylinks_merchant() and provider_id = any(@ids) and id <> @Id
        """;

    private const string LaterLeasesSql =
        """
        select paylinks_now() - later.lease_started_at
        from message ours join message later on later.merchant_id = ours.merchant_id
            and later.link_id = ours.link_id and later.channel = ours.channel and later.recipient = ours.recipient
            and later.lease_started_at > ours.lease_started_at and later.status in ('sending', 'unknown')
        where ours.merchant_id = paylinks_merchant() and ours.id = @Id and later.id <> ours.id
        """;

    private const string LockLinkSql =
        "select id from link where merchant_id = paylinks_merchant() and id = @LinkId for update";

    private const string AcceptSql =
        """
        update message
        set status = 'accepted', reason = null, provider_id = @providerId, accepted_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @Id and status = 'unknown' and lease_epoch = @LeaseEpoch
            and not exists (select from message other
                where other.merchant_id = paylinks_merchant() and other.provider_id = @providerId and other.id <> @Id)
        returning lane, accepted_at - created_at as age
        """;

    private const string RequeueSql =
        """
        update message set status = 'queued', due_at = paylinks_now() + @wait
        where merchant_id = paylinks_merchant() and id = @Id and status = 'unknown' and lease_epoch = @LeaseEpoch
        """;

    private const string PostponeSql =
        """
        update message set due_at = paylinks_now() + @wait
        where merchant_id = paylinks_merchant() and id = @Id and status = 'unknown' and lease_epoch = @LeaseEpoch
        """;

    private readonly InFlight _inFlight = new(Concurrency);

    public string Name => "look up unknown sms";

    public string? WokenBy => null;

    public TimeSpan Every => options.LookUpEvery;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, LookUpAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<Unknown>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        var leasedAt = clock.GetTimestamp();
        batch = watch.IsDown(Provider.Twilio) ? 1 : batch;
        List<Leased> leased;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            leased = (await connection.QueryAsync<Leased>(new CommandDefinition(
                LeaseSql, new { batch, options.Lease }, cancellationToken: cancellationToken))).AsList();
        }

        var unknown = new List<Unknown>();
        foreach (var merchant in leased.GroupBy(lease => lease.MerchantId))
        {
            var messages = await database.LoadOutgoingAsync(merchant.Key, [.. merchant.Select(lease => lease.Id)]);
            unknown.AddRange(messages.Select(message => new Unknown(merchant.Key, message, leasedAt)));
        }

        return unknown;
    }

    private async Task LookUpAsync(Unknown one)
    {
        var (merchantId, message, leasedAt) = one;
        try
        {
            using var tooLong = new CancellationTokenSource(options.ProviderTimeout);
            var sent = await provider.FindSentAsync(
                message.Recipient, message.LeaseAge + clock.GetElapsedTime(leasedAt) + Margin, tooLong.Token);
            FailPoint.Fail("message.looked-up");
            await WriteAsync(merchantId, message, sent);
            wakeups.Link(merchantId, message.LinkId);
            wakeups.Work(Wakeups.Messages);
        }
#pragma warning disable CA1031 // The message stays unknown and its turn comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, message.Id);
        }
    }

    private async Task WriteAsync(Guid merchantId, OutgoingMessage message, IReadOnlyList<SentSms>? sent)
    {
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        // Messages with the same words belong to the same link: what one finds the next must know.
        await transaction.Connection.ExecuteAsync(LockLinkSql, new { message.LinkId });
        switch (sent is null ? null : await FindOursAsync(transaction, message, sent))
        {
            case SmsFate.There there:
                await AcceptAsync(transaction, message, there.ProviderId);
                break;
            case SmsFate.Absent:
                await RequeueAsync(transaction, message);
                break;
            case SmsFate.Unsure:
                LogUnsure(logger, message.Id);
                await PostponeAsync(transaction, message, Longer(message));
                break;
            default:
                await PostponeAsync(
                    transaction, message,
                    watch.IsDown(Provider.Twilio) ? RetrySchedule.WhileDown : Longer(message));
                break;
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task<SmsFate> FindOursAsync(
        MerchantTransaction transaction, OutgoingMessage message, IReadOnlyList<SentSms> sent)
    {
        var bound = (await transaction.Connection.QueryAsync<string>(
            FindBoundSql, new { ids = sent.Select(one => one.ProviderId).ToArray(), message.Id }))
            .ToHashSet(StringComparer.Ordinal);
        var laterLeases = await transaction.Connection.QueryAsync<TimeSpan>(LaterLeasesSql, new { message.Id });
        var url = secrets.LinkUrl(message);
        return FindOurSms.Find(
            url, SmsText.Write(message.Facts(url), message.OwnBody).Text,
            [.. sent.Where(one => !bound.Contains(one.ProviderId))], laterLeases.AsList(), Margin);
    }

    private async Task AcceptAsync(MerchantTransaction transaction, OutgoingMessage message, string providerId)
    {
        var accepted = await transaction.Connection.QuerySingleOrDefaultAsync<AcceptedRow>(
            AcceptSql, new { message.Id, message.LeaseEpoch, providerId });
        if (accepted is not null)
        {
            metrics.Accepted(message.Channel, accepted.Lane, accepted.Age);
            if (message.Invites)
            {
                await transaction.RecordAsync(
                    MessageEvents.Sent(message.LinkId, message.Id, message.Channel, MessageStatus.Unknown));
            }
        }

        LogFound(logger, message.Id);
    }

    // Its callback may still come; the longer it does not, the less there is to be gained by asking.
    private static TimeSpan Longer(OutgoingMessage message) =>
        TimeSpan.FromTicks(Math.Clamp(message.LeaseAge.Ticks, AskAgainAfter.Ticks, AskAgainAtLast.Ticks));

    private static Task<int> PostponeAsync(MerchantTransaction transaction, OutgoingMessage message, TimeSpan wait) =>
        transaction.Connection.ExecuteAsync(PostponeSql, new { wait, message.Id, message.LeaseEpoch });

    private async Task RequeueAsync(MerchantTransaction transaction, OutgoingMessage message)
    {
        var wait = retries.AfterAbsence(message.Attempt, watch.IsDown(Provider.Twilio));
        await transaction.Connection.ExecuteAsync(RequeueSql, new { message.Id, message.LeaseEpoch, wait });
        await transaction.SuppressNeedlessAsync([message.Id]);
        LogAbsent(logger, message.Id);
    }

    private sealed record Leased(Guid MerchantId, Guid Id);

    /// <param name="LeasedAt">A timestamp of the clock, from before the message's lease was read.</param>
    private sealed record Unknown(Guid MerchantId, OutgoingMessage Message, long LeasedAt);

    /// <param name="Age">From queued until accepted.</param>
    private sealed record AcceptedRow(short Lane, TimeSpan Age);

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} was found at the provider")]
    private static partial void LogFound(ILogger logger, Guid messageId);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Message {MessageId} is not at the provider and goes out again")]
    private static partial void LogAbsent(ILogger logger, Guid messageId);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Message {MessageId} may be at the provider, which has not kept the text: it waits for a callback")]
    private static partial void LogUnsure(ILogger logger, Guid messageId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking up message {MessageId} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid messageId);
}
