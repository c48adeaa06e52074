using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Providers;

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
/// it. What a sender cannot carry yet stays in our queue, where a more urgent message overtakes it.
/// </summary>
internal sealed partial class DeliverMessages(
    MessageChannel channel, Prepare prepare, NpgsqlDataSource database, WriteOutcomes outcomes, Wakeups wakeups,
    ProviderWatch watch, SendingMetrics metrics, SendingOptions options, TimeProvider clock,
    ILogger<DeliverMessages> logger) : IJob
{
    private const string LeaseSql =
        """
        select merchant_id, id, lease_epoch, opted_out, again_in
        from lease_messages(@Channel, @batch, @Lease, @LongNumberPerSecond, @AlphanumericPerSecond, @ShortCodePerSecond,
            @MessagingServicePerSecond)
        """;

    private readonly InFlight _inFlight = new(options.Concurrency);
    private TimeSpan? _againIn;

    public string Name => $"deliver {channel.ToText()}";

    public string WokenBy => Wakeups.Messages;

    public TimeSpan Every => _againIn < options.Every ? _againIn.Value : options.Every;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, SendAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<ToSend>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        var leasedAt = clock.GetTimestamp();
        // One goes first, to see; the others keep their place in the queue.
        batch = watch.IsDown(Providers.Of(channel)) ? 1 : batch;
        List<Leased> leased;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            leased = (await connection.QueryAsync<Leased>(new CommandDefinition(
                LeaseSql,
                new
                {
                    Channel = channel.ToText(),
                    batch,
                    options.Lease,
                    options.LongNumberPerSecond,
                    options.AlphanumericPerSecond,
                    options.ShortCodePerSecond,
                    options.MessagingServicePerSecond,
                },
                cancellationToken: cancellationToken))).AsList();
        }

        _againIn = leased.Find(lease => lease.MerchantId is null)?.AgainIn;
        var toSend = new List<ToSend>();
        foreach (var merchant in leased.GroupBy(lease => lease.MerchantId))
        {
            if (merchant.Key is not { } merchantId)
            {
                continue;
            }

            // From here on nothing is canceled: what is leased is finished.
            await SuppressAsync(merchantId, [.. merchant.Where(lease => lease.OptedOut).Select(lease => lease.Id)]);
            var epochs = merchant.Where(lease => !lease.OptedOut)
                .ToDictionary(lease => lease.Id, lease => lease.LeaseEpoch);
            // A message leased anew meanwhile belongs to somebody else.
            toSend.AddRange((await database.LoadOutgoingAsync(merchantId, [.. epochs.Keys]))
                .Where(message => epochs[message.Id] == message.LeaseEpoch)
                .Select(message => new ToSend(merchantId, message, leasedAt)));
        }

        return toSend;
    }

    private async Task SuppressAsync(Guid merchantId, Guid[] optedOut)
    {
        if (optedOut.Length == 0)
        {
            return;
        }

        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        var links = await transaction.SuppressOptedOutAsync(optedOut);
        FailPoint.Fail("message.to-suppress");
        await transaction.CommitAsync(CancellationToken.None);
        foreach (var link in links)
        {
            metrics.CountOutcome(channel, MessageStatus.Suppressed, DeliveryReason.OptedOut);
            wakeups.Link(merchantId, link);
        }
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

        var outcome = message.QuietFor is { } wait
            ? new SendOutcome.PutOff(wait)
            : await TrySendAsync(message);
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

    /// <param name="MerchantId">Null in the row that only says when to come again.</param>
    private sealed record Leased(Guid? MerchantId, Guid Id, int LeaseEpoch, bool OptedOut, TimeSpan? AgainIn);

    /// <param name="LeasedAt">A timestamp of the clock.</param>
    private sealed record ToSend(Guid MerchantId, OutgoingMessage Message, long LeasedAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} was not sent: its lease was nearly over")]
    private static partial void LogLeaseOver(ILogger logger, Guid messageId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending message {MessageId} failed in an unexpected way")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid messageId);
}
