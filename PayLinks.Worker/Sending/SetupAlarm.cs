using System.Collections.Concurrent;
using PayLinks.Core.Messages;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Calls whoever runs PayLinks when messages do not go out, or not arrive, until somebody mends something: once a
/// minute for each cause, however many messages meet with it.
/// </summary>
internal sealed partial class SetupAlarm(TimeProvider clock, ILogger<SetupAlarm> logger)
{
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(MessageChannel, string), Cause> _causes = new();

    /// <summary>Does nothing for reasons that are the recipient's affair.</summary>
    /// <param name="reason">One of <see cref="DeliveryReason"/>.</param>
    public void Hear(MessageChannel channel, string reason)
    {
        // What a carrier took for spam once it will take for spam again, whoever it goes to.
        if (DeliveryReasons.ClassOf(reason) is not DeliveryClass.Configuration
            && reason is not DeliveryReason.CarrierFiltered)
        {
            return;
        }

        var cause = _causes.GetOrAdd((channel, reason), _ => new Cause());
        lock (cause)
        {
            cause.Messages++;
            if (cause.ToldAt is { } toldAt && clock.GetElapsedTime(toldAt) < QuietFor)
            {
                return;
            }

            LogCause(logger, channel, reason, cause.Messages);
            cause.ToldAt = clock.GetTimestamp();
            cause.Messages = 0;
        }
    }

    private sealed class Cause
    {
        public long? ToldAt { get; set; }

        public int Messages { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Messages by {Channel} need somebody to mend something: {Reason} ({Count} since the last such line)")]
    private static partial void LogCause(ILogger logger, MessageChannel channel, string reason, int count);
}
