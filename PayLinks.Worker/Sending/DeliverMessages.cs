using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Writes one message, and returns what hands it to its provider: until that is called, nothing has been sent.
/// </summary>
internal delegate Task<Send> Prepare(OutgoingMessage message);

/// <summary>Hands a message to its provider; the token ends it when the provider takes too long.</summary>
internal delegate Task<SendOutcome> Send(CancellationToken cancellationToken);

/// <summary>
/// Sends the due messages of one channel. They are leased, not locked: no transaction is open while a provider answers.
/// What a worker that died has left is taken over when its lease runs out, as unknown, because the provider may have
/// it.
/// </summary>
internal sealed partial class DeliverMessages(
    MessageChannel channel, Prepare prepare, NpgsqlDataSource database, WriteOutcomes outcomes, SendingOptions options,
    TimeProvider clock, ILogger<DeliverMessages> logger) : IJob
{
    private const string LeaseSql = "select merchant_id, id, lease_epoch from lease_messages(@Channel, @batch, @Lease)";

    private readonly InFlight _inFlight = new(options.Concurrency);

    public string Name => $"deliver {channel.ToText()}";

    public string WokenBy => Wakeups.Messages;

    public TimeSpan Every => options.Every;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, SendAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<ToSend>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        var leasedAt = clock.GetTimestamp();
        List<Leased> leased;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            leased = (await connection.QueryAsync<Leased>(new CommandDefinition(
                LeaseSql,
                new { Channel = channel.ToText(), batch, options.Lease },
                cancellationToken: cancellationToken))).AsList();
        }

        var toSend = new List<ToSend>();
        foreach (var merchant in leased.GroupBy(lease => lease.MerchantId))
        {
            // From here on nothing is canceled: what is leased is finished.
            await using var transaction = await database.BeginAsync(merchant.Key, CancellationToken.None);
            var messages = await transaction.LoadOutgoingAsync([.. merchant.Select(lease => lease.Id)]);
            // A message leased anew meanwhile belongs to somebody else.
            toSend.AddRange(messages
                .Where(message => merchant.Contains(new Leased(merchant.Key, message.Id, message.LeaseEpoch)))
                .Select(message => new ToSend(merchant.Key, message, leasedAt)));
        }

        return toSend;
    }

    private async Task SendAsync(ToSend one)
    {
        var (merchantId, message, leasedAt) = one;
        FailPoint.Fail("message.leased");
        // A worker that was frozen may be past its lease, and somebody else at the same message.
        if (clock.GetElapsedTime(leasedAt) > options.Lease - options.ProviderTimeout)
        {
            LogLeaseOver(logger, message.Id);
            return;
        }

        var outcome = await TrySendAsync(message);
        FailPoint.Fail("message.sent");
        await outcomes.WriteAsync(merchantId, message, outcome);
    }

#pragma warning disable CA1031 // A bug in one message must not stop the others.
    private async Task<SendOutcome> TrySendAsync(OutgoingMessage message)
    {
        Send send;
        try
        {
            send = await prepare(message);
        }
        catch (Exception error)
        {
            LogFailed(logger, error, message.Id);
            return new SendOutcome.NotNow(Obstacle.Setup, DeliveryReason.Technical);
        }

        using var tooLong = new CancellationTokenSource(options.ProviderTimeout, clock);
        try
        {
            FailPoint.Fail("message.to-send");
            return await send(tooLong.Token);
        }
        catch (Exception error)
        {
            LogFailed(logger, error, message.Id);
            return new SendOutcome.Lost(Loss.Silence);
        }
    }
#pragma warning restore CA1031

    private sealed record Leased(Guid MerchantId, Guid Id, int LeaseEpoch);

    /// <param name="LeasedAt">A timestamp of the clock.</param>
    private sealed record ToSend(Guid MerchantId, OutgoingMessage Message, long LeasedAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} was not sent: its lease was nearly over")]
    private static partial void LogLeaseOver(ILogger logger, Guid messageId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending message {MessageId} failed in an unexpected way")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid messageId);
}
