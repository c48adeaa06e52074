using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;
using PayLinks.Worker.Twilio;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Asks the provider about texts that it may or may not have. What it has is accepted; what it has not goes out again.
/// Emails cannot be looked up and are not sent twice: only an event resolves them.
/// </summary>
internal sealed partial class LookUpUnknownSms(
    NpgsqlDataSource database, ISmsProvider provider, OpenSecrets secrets, RetrySchedule retries,
    SendingOptions options, Wakeups wakeups, ILogger<LookUpUnknownSms> logger) : IJob
{
    private const int Concurrency = 16;

    // The provider counts whole seconds, and asking it takes time. Ages are compared, so its clock need not agree with
    // ours.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    private const string LeaseSql = "select merchant_id, id from lease_unknown_messages('sms', @batch, @Lease)";

    private const string FindBoundSql =
        """
        select provider_id from message
        where merchant_id = paylinks_merchant() and provider_id = any(@ids) and id <> @Id
        """;

    private const string LockLinkSql =
        "select id from link where merchant_id = paylinks_merchant() and id = @LinkId for update";

    private const string AcceptSql =
        """
        update message set status = 'accepted', provider_id = @providerId, accepted_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @Id and status = 'unknown' and lease_epoch = @LeaseEpoch
            and not exists (select from message other
                where other.merchant_id = paylinks_merchant() and other.provider_id = @providerId and other.id <> @Id)
        """;

    private const string RequeueSql =
        """
        update message set status = 'queued', due_at = paylinks_now() + @wait
        where merchant_id = paylinks_merchant() and id = @Id and status = 'unknown' and lease_epoch = @LeaseEpoch
        """;

    private const string PostponeSql =
        """
        update message set due_at = paylinks_now() + @AskAgainAfter
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
        List<Leased> leased;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            leased = (await connection.QueryAsync<Leased>(new CommandDefinition(
                LeaseSql, new { batch, options.Lease }, cancellationToken: cancellationToken))).AsList();
        }

        var unknown = new List<Unknown>();
        foreach (var merchant in leased.GroupBy(lease => lease.MerchantId))
        {
            await using var transaction = await database.BeginAsync(merchant.Key, cancellationToken);
            var messages = await transaction.LoadOutgoingAsync([.. merchant.Select(lease => lease.Id)]);
            unknown.AddRange(messages.Select(message => new Unknown(merchant.Key, message)));
        }

        return unknown;
    }

    private async Task LookUpAsync(Unknown one)
    {
        var (merchantId, message) = one;
        try
        {
            using var tooLong = new CancellationTokenSource(options.ProviderTimeout);
            var sent = await provider.FindSentAsync(message.Recipient, message.LeaseAge + Margin, tooLong.Token);
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
        if (sent is null)
        {
            await transaction.Connection.ExecuteAsync(
                PostponeSql, new { AskAgainAfter, message.Id, message.LeaseEpoch });
        }
        else if (await FindOursAsync(transaction, message, sent) is { } ours)
        {
            await AcceptAsync(transaction, message, ours.ProviderId);
        }
        else
        {
            await RequeueAsync(transaction, message);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    // The text first; if the link was extended meanwhile it reads differently now, but the address is the same.
    private async Task<SentSms?> FindOursAsync(
        MerchantTransaction transaction, OutgoingMessage message, IReadOnlyList<SentSms> sent)
    {
        var url = secrets.LinkUrl(message);
        var text = SmsText.Write(message.Facts(url), message.OwnBody).Text;
        var candidates = sent.Where(one => one.Body.Contains(url, StringComparison.OrdinalIgnoreCase)).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var bound = (await transaction.Connection.QueryAsync<string>(
            FindBoundSql, new { ids = candidates.Select(one => one.ProviderId).ToArray(), message.Id }))
            .ToHashSet(StringComparer.Ordinal);
        candidates.RemoveAll(one => bound.Contains(one.ProviderId));
        return candidates.Find(one => one.Body == text) ?? candidates.FirstOrDefault();
    }

    private async Task AcceptAsync(MerchantTransaction transaction, OutgoingMessage message, string providerId)
    {
        await transaction.Connection.ExecuteAsync(LockLinkSql, new { message.LinkId });
        var accepted = await transaction.Connection.ExecuteAsync(
            AcceptSql, new { message.Id, message.LeaseEpoch, providerId });
        if (accepted == 1 && message.Invites)
        {
            await transaction.RecordSentAsync(message.LinkId, message.Id, message.Channel, MessageStatus.Unknown);
        }

        LogFound(logger, message.Id);
    }

    private async Task RequeueAsync(MerchantTransaction transaction, OutgoingMessage message)
    {
        await transaction.Connection.ExecuteAsync(LockLinkSql, new { message.LinkId });
        var wait = retries.AfterAbsence(message.Attempt) ?? TimeSpan.FromSeconds(options.WaitMaxSeconds);
        await transaction.Connection.ExecuteAsync(RequeueSql, new { message.Id, message.LeaseEpoch, wait });
        await transaction.SuppressNeedlessAsync([message.Id]);
        LogAbsent(logger, message.Id);
    }

    private sealed record Leased(Guid MerchantId, Guid Id);

    private sealed record Unknown(Guid MerchantId, OutgoingMessage Message);

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} was found at the provider")]
    private static partial void LogFound(ILogger logger, Guid messageId);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Message {MessageId} is not at the provider and goes out again")]
    private static partial void LogAbsent(ILogger logger, Guid messageId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking up message {MessageId} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid messageId);
}
