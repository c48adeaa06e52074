using System.Collections.Concurrent;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Messages;
using PayLinks.Core.Providers;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Writes down what became of messages, each under the fencing number it was leased with. Outcomes that arrive while
/// others are being written are written together, one transaction for each merchant.
/// </summary>
internal sealed partial class WriteOutcomes(
    NpgsqlDataSource database, Wakeups wakeups, RetrySchedule retries, ProviderWatch watch, SendingMetrics metrics,
    SetupAlarm alarm, ILogger<WriteOutcomes> logger)
{
    private const int TriesMax = 3;

    // Links are locked before their messages, in the order of their ids, by everybody who locks several of them.
    private const string LockLinksSql =
        "select id from link where merchant_id = paylinks_merchant() and id = any(@Links) order by id for update";

    // The status they are in comes with them: written into the statement, it would lead PostgreSQL through the index of
    // everything that is being sent instead of by the ids.
    private const string WriteSql =
        """
        update message m
        set status = o.status, provider_id = coalesce(o.provider_id, m.provider_id), reason = o.reason,
            lease_until = null, due_at = coalesce(o.now + o.wait, m.due_at),
            accepted_at = case when o.status = 'accepted' then o.now end,
            finished_at = case when o.status = 'failed' then o.now end,
            -- What certainly does not arrive falls back at once, if it falls back at all.
            fallback_at = case when o.status = 'failed' and m.fallback_at is not null then o.now
                else m.fallback_at end
        from (
            select *, (select paylinks_now()) as now
            from unnest(@Ids, @Epochs, @Froms, @Statuses, @ProviderIds, @Reasons, @Waits)
                as o (id, epoch, was, status, provider_id, reason, wait)) o
        where m.merchant_id = paylinks_merchant() and m.id = o.id and m.status = o.was and m.lease_epoch = o.epoch
        returning m.id, m.lane, o.now - m.created_at as age
        """;

    private readonly ConcurrentQueue<Outcome> _arrived = new();
    // While one writes, what arrives gathers for the other.
    private readonly InFlight _writers = new(2);

    /// <summary>
    /// Completes when the outcome has been written, or given up: then the lease runs out and the message is looked up.
    /// </summary>
    public async Task WriteAsync(Guid merchantId, OutgoingMessage message, SendOutcome outcome)
    {
        var arrived = ToWrite(merchantId, message, outcome);
        metrics.CountAttempt(message.Channel, arrived.To, arrived.Reason);
        if (arrived.Reason is not null)
        {
            alarm.Hear(message.Channel, arrived.Reason);
        }

        _arrived.Enqueue(arrived);
        await _writers.TakeAsync(1, CancellationToken.None);
        try
        {
            var batch = new List<Outcome>();
            while (_arrived.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            foreach (var merchant in batch.GroupBy(one => one.MerchantId))
            {
                await TryWriteAsync(merchant.Key, [.. merchant]);
            }
        }
        finally
        {
            _writers.GiveBack(1);
        }

        await arrived.Written.Task;
    }

    private async Task TryWriteAsync(Guid merchantId, IReadOnlyList<Outcome> outcomes)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteAsync(merchantId, outcomes);
                break;
            }
            catch (Exception error)
                when (error is NpgsqlException { IsTransient: true } or TimeoutException && attempt < TriesMax)
            {
                LogWriteFailed(logger, error, outcomes.Count, attempt);
            }
#pragma warning disable CA1031 // An outcome that cannot be written must not take others with it.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogWriteFailed(logger, error, outcomes.Count, attempt);
                foreach (var alone in outcomes.Where(_ => outcomes.Count > 1))
                {
                    await TryWriteAsync(merchantId, [alone]);
                }

                break;
            }
        }

        foreach (var outcome in outcomes)
        {
            outcome.Written.TrySetResult();
        }
    }

    private async Task WriteAsync(Guid merchantId, IReadOnlyList<Outcome> outcomes)
    {
        // A provider has answered: from here on nothing is canceled.
        var (writing, written) = await MerchantTransaction.BeginAsync(
            database, merchantId, $"{LockLinksSql}; {WriteSql}",
            new
            {
                Links = outcomes.Select(one => one.Message.LinkId).Distinct().ToArray(),
                Ids = outcomes.Select(one => one.Message.Id).ToArray(),
                Epochs = outcomes.Select(one => one.Message.LeaseEpoch).ToArray(),
                Froms = outcomes.Select(_ => MessageStatus.Sending.ToText()).ToArray(),
                Statuses = outcomes.Select(one => one.To.ToText()).ToArray(),
                ProviderIds = outcomes.Select(one => one.ProviderId).ToArray(),
                Reasons = outcomes.Select(one => one.Reason).ToArray(),
                Waits = outcomes.Select(one => one.Wait).ToArray(),
            },
            async answers =>
            {
                await answers.ReadAsync<Guid>();
                return (await answers.ReadAsync<Written>()).ToDictionary(row => row.Id);
            },
            CancellationToken.None);
        await using var transaction = writing;

        var kept = outcomes.Where(one => written.ContainsKey(one.Message.Id))
            .OrderBy(one => one.Message.LinkId).ToList();
        await transaction.RecordAsync([.. kept.Where(one => one.Message.Invites).Select(EventOf).OfType<NewEvent>()]);
        await transaction.SuppressNeedlessAsync(
            [.. kept.Where(one => one.To == MessageStatus.Queued).Select(one => one.Message.Id)]);
        var takenBack = await transaction.OptOutRefusedAsync(
            kept.Where(one => one.Reason == DeliveryReason.OptedOut)
                .Select(one => (one.Message.Id, one.Message.Channel, one.Message.Recipient)));
        FailPoint.Fail("message.to-write");
        await transaction.CommitAsync(CancellationToken.None);
        FailPoint.Fail("message.written");

        foreach (var linkId in takenBack)
        {
            wakeups.Link(merchantId, linkId);
        }

        foreach (var outcome in outcomes)
        {
            if (written.TryGetValue(outcome.Message.Id, out var row))
            {
                wakeups.Link(merchantId, outcome.Message.LinkId);
                if (outcome.To == MessageStatus.Accepted)
                {
                    metrics.Accepted(outcome.Message.Channel, row.Lane, row.Age);
                }
            }
            else
            {
                LogOutrun(logger, outcome.Message.Id, outcome.To);
            }
        }
    }

    private static NewEvent? EventOf(Outcome outcome) => outcome.To switch
    {
        MessageStatus.Accepted => MessageEvents.Sent(
            outcome.Message.LinkId, outcome.Message.Id, outcome.Message.Channel, MessageStatus.Sending),
        MessageStatus.Failed => MessageEvents.Undelivered(
            outcome.Message.LinkId, outcome.Message.Id, outcome.Message.Channel,
            (MessageStatus.Sending, MessageStatus.Failed), outcome.Reason!),
        _ => null,
    };

    private Outcome ToWrite(Guid merchantId, OutgoingMessage message, SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted { ProviderId: var id } =>
            new(merchantId, message, MessageStatus.Accepted) { ProviderId = id },
        SendOutcome.Refused { Reason: var why } => new(merchantId, message, MessageStatus.Failed) { Reason = why },
        SendOutcome.Lost { Loss: var loss } =>
            new(merchantId, message, MessageStatus.Unknown) { Wait = retries.LookUpAfter(loss) },
        SendOutcome.PutOff { Wait: var wait } => new(merchantId, message, MessageStatus.Queued) { Wait = wait },
        // A message that waits says why, too: somebody may have to mend something.
        SendOutcome.NotNow later => retries.After(later.Obstacle, message.Attempt, IsDown(message)) is { } wait
            ? new(merchantId, message, MessageStatus.Queued) { Wait = wait, Reason = later.Reason }
            : new(merchantId, message, MessageStatus.Failed) { Reason = later.Reason },
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} has no place among the outcomes."),
    };

    private bool IsDown(OutgoingMessage message) => watch.IsDown(Providers.Of(message.Channel));

    /// <param name="Age">Since it was queued.</param>
    private sealed record Written(Guid Id, short Lane, TimeSpan Age);

    private sealed record Outcome(Guid MerchantId, OutgoingMessage Message, MessageStatus To)
    {
        public string? ProviderId { get; init; }

        public string? Reason { get; init; }

        public TimeSpan? Wait { get; init; }

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing {Count} outcomes failed, try {Attempt}")]
    private static partial void LogWriteFailed(ILogger logger, Exception error, int count, int attempt);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Message {MessageId} was settled before its outcome {Status} was written")]
    private static partial void LogOutrun(ILogger logger, Guid messageId, MessageStatus status);
}
