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
/// Reminds customers of links that they have got and not paid, as often as the merchant wishes, by day, and on the
/// channel that brought them the link.
/// </summary>
internal sealed partial class Remind(
    NpgsqlDataSource database, Vault vault, PayLinksOptions links, Wakeups wakeups, SendingOptions options,
    SendLimits limits, ILogger<Remind> logger) : IJob
{
    private const int Concurrency = 8;

    private const string LeaseSql = "select merchant_id, id, leased_until from lease_reminders(@batch, @Lease)";

    // A channel that failed is only a last resort.
    private const string ReadSql =
        $"""
        select l.mode, l.locale, l.customer_phone as phone, l.customer_email as email, l.expires_at,
            b.time_zone, {ReminderSchedule.Column}, paylinks_now() as now,
            l.status in ('open', 'processing') as is_payable,
            (select m.channel from message m
            where m.merchant_id = l.merchant_id and m.link_id = l.id and m.purpose = 'link'
                and m.accepted_at is not null
            order by m.status in ('undelivered', 'failed'), m.accepted_at desc
            limit 1) as channel
        from link l join merchant b on b.id = l.merchant_id
        where l.merchant_id = paylinks_merchant() and l.id = @Id and l.remind_at = @LeasedUntil
        """;

    private const string IsUnwantedSql =
        """
        select exists (
            select from opt_out
            where merchant_id = paylinks_merchant() and channel = @Channel and recipient = lower(@Recipient)
                and opted_in_at is null)
        """;

    private const string ScheduleSql =
        "update link set remind_at = @at where merchant_id = paylinks_merchant() and id = @linkId";

    private readonly InFlight _inFlight = new(Concurrency);

    public string Name => "remind";

    public string? WokenBy => null;

    public TimeSpan Every => options.Every;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, TryRemindAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<Leased>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Leased>(new CommandDefinition(
            LeaseSql, new { batch, options.Lease }, cancellationToken: cancellationToken))).AsList();
    }

    private async Task TryRemindAsync(Leased link)
    {
        try
        {
            FailPoint.Fail("reminder.leased");
            await RemindAsync(link);
        }
#pragma warning disable CA1031 // One customer who cannot be reminded must not stop the others; their turn comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, link.Id);
        }
    }

    private async Task RemindAsync(Leased leased)
    {
        var (merchantId, linkId, _) = leased;
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        await transaction.LockLinkAsync(linkId);
        if (await transaction.Connection.QuerySingleOrDefaultAsync<Due>(ReadSql, leased) is not { } link)
        {
            // Paid, extended or reminded of meanwhile.
            return;
        }

        var customer = CustomerClock.Of(link.Phone, link.Locale, link.TimeZone);
        var morning = customer.AfterQuiet(link.Now);
        var isSent = false;
        DateTimeOffset? at = null;
        if (link.IsPayable && ReminderSchedule.MakesSense(morning, link.ExpiresAt))
        {
            isSent = morning == link.Now && await QueueAsync(transaction, linkId, link);
            at = morning > link.Now
                ? morning
                : ReminderSchedule.Next(ReminderSchedule.Read(link.RemindBefore), link.Now, link.ExpiresAt, customer);
        }

        await transaction.Connection.ExecuteAsync(ScheduleSql, new { linkId, at });
        FailPoint.Fail("reminder.to-queue");
        await transaction.CommitAsync(CancellationToken.None);
        if (isSent)
        {
            wakeups.Work(Wakeups.Messages);
            wakeups.Link(merchantId, linkId);
        }
    }

    /// <returns>
    /// False when the customer never got the link, does not want to be written to, or has been texted often enough.
    /// </returns>
    private async Task<bool> QueueAsync(MerchantTransaction transaction, Guid linkId, Due link)
    {
        if (link.Channel is not { } channel
            || (channel == MessageChannel.Sms ? link.Phone : link.Email) is not { } recipient
            || await transaction.Connection.ExecuteScalarAsync<bool>(
                IsUnwantedSql, new { Channel = channel.ToText(), recipient })
            || (channel == MessageChannel.Sms && await transaction.WhyNotTextAsync(recipient, limits) is not null))
        {
            return false;
        }

        await transaction.QueueAsync(
            new NewMessage(
                linkId, link.Mode, channel, MessagePurpose.Reminder, recipient, link.Locale, MessageLane.Reminder)
            {
                MayFallBack = channel.HasOther(link.Phone, link.Email),
            },
            vault, links);
        await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkReminded, "worker")
        {
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = channel.ToText() },
        });
        return true;
    }

    private sealed record Leased(Guid MerchantId, Guid Id, DateTimeOffset LeasedUntil);

    private sealed record Due(
        string Mode, string Locale, string? Phone, string? Email, DateTimeOffset ExpiresAt, string TimeZone,
        string RemindBefore, DateTimeOffset Now, bool IsPayable, MessageChannel? Channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reminding the customer of link {LinkId} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid linkId);
}
