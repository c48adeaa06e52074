using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Sends on the other channel what has not arrived in the time that the merchant gives it, or certainly will not: once,
/// and only while the link can be paid.
/// </summary>
internal sealed partial class FallBack(
    NpgsqlDataSource database, Vault vault, PayLinksOptions links, Wakeups wakeups, SendingOptions options,
    SendLimits limits, ILogger<FallBack> logger) : IJob
{
    private const int Concurrency = 8;

    private const string LeaseSql = "select merchant_id, id from lease_fallbacks(@batch, @Lease)";

    private const string FindLinkSql =
        "select link_id from message where merchant_id = paylinks_merchant() and id = @messageId";

    // Who has the link on the other channel already, or does not want it there, is not written to once more.
    private const string ReadSql =
        """
        select m.link_id, m.mode, m.channel, m.purpose, m.lane, m.status, l.locale,
            l.customer_phone as phone, l.customer_email as email,
            coalesce(nullif(array_to_string(b.allowed_countries, ','), ''), b.country) as texts_to,
            m.fallback_at is not null and m.status <> 'delivered'
                and l.status in ('open', 'processing') and l.expires_at > paylinks_now()
                and not exists (
                    select from message o
                    where o.merchant_id = m.merchant_id and o.link_id = m.link_id and o.channel <> m.channel
                        and o.purpose = m.purpose and (o.purpose = 'link' or o.created_at >= m.created_at)
                        and o.status not in ('undelivered', 'failed', 'suppressed'))
                and not exists (
                    select from opt_out u
                    where u.merchant_id = m.merchant_id and u.channel <> m.channel and u.opted_in_at is null
                        and u.recipient = case u.channel
                            when 'sms' then l.customer_phone else lower(l.customer_email) end) as is_wanted
        from message m
        join link l on l.merchant_id = m.merchant_id and l.id = m.link_id
        join merchant b on b.id = m.merchant_id
        where m.merchant_id = paylinks_merchant() and m.id = @messageId
        for update of m
        """;

    private const string EndSql =
        "update message set fallback_at = null where merchant_id = paylinks_merchant() and id = @messageId";

    private const string SuppressSql =
        """
        update message set status = 'suppressed', reason = 'fell_back', finished_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @messageId
        """;

    private readonly InFlight _inFlight = new(Concurrency);

    public string Name => "fall back";

    public string? WokenBy => null;

    public TimeSpan Every => options.Every;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, TryFallBackAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<Leased>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Leased>(new CommandDefinition(
            LeaseSql, new { batch, options.Lease }, cancellationToken: cancellationToken))).AsList();
    }

    private async Task TryFallBackAsync(Leased message)
    {
        try
        {
            FailPoint.Fail("fallback.leased");
            await FallBackAsync(message.MerchantId, message.Id);
        }
#pragma warning disable CA1031 // One message that cannot fall back must not stop the others; its turn comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, message.Id);
        }
    }

    private async Task FallBackAsync(Guid merchantId, Guid messageId)
    {
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        var linkId = await transaction.Connection.ExecuteScalarAsync<Guid>(FindLinkSql, new { messageId });
        await transaction.LockLinkAsync(linkId);
        var late = await transaction.Connection.QuerySingleAsync<Late>(ReadSql, new { messageId });
        await transaction.Connection.ExecuteAsync(EndSql, new { messageId });
        var falls = late is { IsWanted: true, Recipient: not null }
            && (late.Channel == MessageChannel.Sms || await MayTextAsync(transaction, late));
        if (falls)
        {
            await QueueAsync(transaction, messageId, late);
            FailPoint.Fail("fallback.to-queue");
        }

        await transaction.CommitAsync(CancellationToken.None);
        if (falls)
        {
            wakeups.Work(Wakeups.Messages);
            wakeups.Link(merchantId, linkId);
        }
    }

    // When the link was made nobody asked for a text, so nobody looked where it would go.
    private async Task<bool> MayTextAsync(MerchantTransaction transaction, Late late) =>
        ReadNumber.Of(late.Phone!, ReadNumber.AnyCountry) is { IsMobile: true, Country: { } country }
        && late.TextsTo.Split(',').Contains(country)
        && await transaction.WhyNotTextAsync(late.Phone!, limits) is null;

    private async Task QueueAsync(MerchantTransaction transaction, Guid messageId, Late late)
    {
        var isQueued = late.Status == MessageStatus.Queued;
        if (isQueued)
        {
            await transaction.Connection.ExecuteAsync(SuppressSql, new { messageId });
        }

        await transaction.MarkSentByAsync(late.LinkId, late.Channel.Other());
        await transaction.QueueAsync(
            new NewMessage(
                late.LinkId, late.Mode, late.Channel.Other(), late.Purpose, late.Recipient!, late.Locale,
                (MessageLane)late.Lane, FallbackOf: messageId),
            vault, links);
        await transaction.RecordAsync(new NewEvent(late.LinkId, EventTypes.LinkFellBack, "worker")
        {
            Message = isQueued ? (messageId, MessageStatus.Queued, MessageStatus.Suppressed) : null,
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["channel"] = late.Channel.Other().ToText(),
            },
        });
    }

    private sealed record Leased(Guid MerchantId, Guid Id);

    private sealed record Late(
        Guid LinkId, string Mode, MessageChannel Channel, MessagePurpose Purpose, short Lane, MessageStatus Status,
        string Locale, string? Phone, string? Email, string TextsTo, bool IsWanted)
    {
        public string? Recipient => Channel == MessageChannel.Sms ? Email : Phone;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending message {MessageId} on the other channel failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid messageId);
}
