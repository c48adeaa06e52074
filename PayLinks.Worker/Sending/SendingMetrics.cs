using System.Diagnostics.Metrics;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Counts what became of attempts to send, by channel and status, and the words to merchants about their budgets.
/// </summary>
internal sealed class SendingMetrics
{
    public const string MeterName = "PayLinks.Worker";

    private readonly Counter<long> _attempts;
    private readonly Counter<long> _budgetAlerts;

    public SendingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _attempts = meter.CreateCounter<long>(
            "paylinks.messages.attempts", description: "Attempts to send a message");
        _budgetAlerts = meter.CreateCounter<long>(
            "paylinks.sms.budget.alerts", description: "Merchants told that the day's texts are nearly used up");
    }

    public void CountBudgetAlert() => _budgetAlerts.Add(1);

    public void Count(MessageChannel channel, MessageStatus status) => _attempts.Add(
        1,
        new KeyValuePair<string, object?>("channel", channel.ToText()),
        new KeyValuePair<string, object?>("status", status.ToText()));
}
