using System.Diagnostics.Metrics;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Providers;

namespace PayLinks.Worker.Sending;

/// <param name="Age">Since it was due.</param>
internal sealed record OldestDue(string Channel, short Lane, TimeSpan Age);

/// <param name="Age">Since the oldest of them was being sent.</param>
internal sealed record UnknownMessages(string Channel, long Messages, TimeSpan Age);

/// <summary>
/// Counts and times what becomes of messages, and the words to merchants about their budgets, and shows how providers
/// do.
/// </summary>
internal sealed class SendingMetrics
{
    public const string MeterName = "PayLinks.Worker";

    // From what is wanted of an idle system to what an outage of a day does to a queue, in milliseconds.
    private static readonly InstrumentAdvice<long> Waits = new()
    {
        HistogramBucketBoundaries =
        [
            5, 10, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 86_400_000,
        ],
    };

    private readonly Counter<long> _attempts;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _budgetAlerts;
    private readonly Histogram<long> _waits;

    private volatile IReadOnlyList<OldestDue> _oldestDue = [];
    private volatile IReadOnlyList<UnknownMessages> _unknown = [];

    public SendingMetrics(IMeterFactory meters, ProviderWatch watch)
    {
        var meter = meters.Create(MeterName);
        _attempts = meter.CreateCounter<long>("paylinks.messages.attempts", description: "Attempts to send a message");
        _outcomes = meter.CreateCounter<long>(
            "paylinks.messages.outcomes",
            description: "Ends of messages: of accepted ones as their provider told, and of those that nobody wants");
        _budgetAlerts = meter.CreateCounter<long>(
            "paylinks.sms.budget.alerts", description: "Merchants told that the day's texts are nearly used up");
        _waits = meter.CreateHistogram(
            "paylinks.messages.wait", "ms", "From queued until the provider had accepted", tags: null, Waits);
        meter.CreateObservableGauge(
            "paylinks.messages.oldest_due",
            () => _oldestDue.Select(oldest => new Measurement<long>(
                Seconds(oldest.Age), Tag("channel", oldest.Channel), Tag("lane", Text(oldest.Lane)))),
            "s", "How late the oldest message is that should have been sent already; nothing where none is late");
        meter.CreateObservableGauge(
            "paylinks.messages.unknown",
            () => EachChannel(unknown => unknown?.Messages ?? 0),
            description: "Messages that their provider may or may not have");
        meter.CreateObservableGauge(
            "paylinks.messages.oldest_unknown", () => EachChannel(unknown => Seconds(unknown?.Age ?? TimeSpan.Zero)),
            "s", "For how long nobody knows the fate of the oldest of them");
        meter.CreateObservableGauge(
            "paylinks.provider.breaker", () => EachProvider(provider => (long)watch.BreakerOf(provider)),
            description: "0 closed, 1 trying one call, 2 open");
        meter.CreateObservableGauge(
            "paylinks.provider.down", () => EachProvider(provider => watch.IsDown(provider) ? 1 : 0),
            description: "1 while this worker's calls do not get through");
    }

    /// <param name="reason">One of <see cref="DeliveryReason"/> where there is something to explain.</param>
    public void CountAttempt(MessageChannel channel, MessageStatus status, string? reason) =>
        Count(_attempts, channel, status, reason);

    /// <param name="reason">One of <see cref="DeliveryReason"/> where there is something to explain.</param>
    public void CountOutcome(MessageChannel channel, MessageStatus status, string? reason) =>
        Count(_outcomes, channel, status, reason);

    public void CountBudgetAlert() => _budgetAlerts.Add(1);

    /// <param name="wait">From queued until the provider had accepted.</param>
    public void Accepted(MessageChannel channel, short lane, TimeSpan wait) => _waits.Record(
        wait.Ticks / TimeSpan.TicksPerMillisecond, Tag("channel", channel.ToText()), Tag("lane", Text(lane)));

    /// <summary>What the gauges show until the next time.</summary>
    public void Show(IReadOnlyList<OldestDue> oldestDue, IReadOnlyList<UnknownMessages> unknown) =>
        (_oldestDue, _unknown) = (oldestDue, unknown);

    private static void Count(Counter<long> counter, MessageChannel channel, MessageStatus status, string? reason) =>
        counter.Add(
            1,
            Tag("channel", channel.ToText()),
            Tag("status", status.ToText()),
            Tag("class", reason is null ? "none" : DeliveryReasons.ClassOf(reason).ToText()));

    private IEnumerable<Measurement<long>> EachChannel(Func<UnknownMessages?, long> measure) =>
        Enum.GetValues<MessageChannel>().Select(channel => channel.ToText()).Select(channel => new Measurement<long>(
            measure(_unknown.FirstOrDefault(unknown => unknown.Channel == channel)), Tag("channel", channel)));

    private static IEnumerable<Measurement<long>> EachProvider(Func<Provider, long> measure) =>
        Enum.GetValues<Provider>().Select(provider =>
            new Measurement<long>(measure(provider), Tag("provider", provider.ToText())));

    private static string Text(short lane) => ((MessageLane)lane).ToText();

    private static long Seconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerSecond;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
