using System.Diagnostics.Metrics;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Worker.Sending;

/// <summary>Counts what became of attempts to send, by channel and status.</summary>
internal sealed class SendingMetrics
{
    public const string MeterName = "PayLinks.Worker";

    private readonly Counter<long> _attempts;

    public SendingMetrics(IMeterFactory meters) =>
        _attempts = meters.Create(MeterName).CreateCounter<long>(
            "paylinks.messages.attempts", description: "Attempts to send a message");

    public void Count(MessageChannel channel, MessageStatus status) => _attempts.Add(
        1,
        new KeyValuePair<string, object?>("channel", channel.ToText()),
        new KeyValuePair<string, object?>("status", status.ToText()));
}
