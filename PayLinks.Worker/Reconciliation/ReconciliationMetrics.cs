using System.Diagnostics.Metrics;
using PayLinks.Core.Database;
using PayLinks.Core.Reconciliation;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Reconciliation;

/// <summary>Counts comparisons of Mollie's books with ours, and what they found.</summary>
internal sealed class ReconciliationMetrics
{
    private readonly Counter<long> _runs;
    private readonly Counter<long> _compared;
    private readonly Counter<long> _differences;

    public ReconciliationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SendingMetrics.MeterName);
        _runs = meter.CreateCounter<long>(
            "paylinks.reconciliation.runs", description: "Comparisons with Mollie's books, by outcome");
        _compared = meter.CreateCounter<long>(
            "paylinks.reconciliation.compared", description: "Lines of Mollie's books that were compared");
        _differences = meter.CreateCounter<long>(
            "paylinks.reconciliation.differences", description: "Differences that no earlier comparison had told");
    }

    /// <param name="outcome"><c>finished</c>, or the word for the interruption.</param>
    public void CountRun(string mode, string outcome) => _runs.Add(1, Tag("mode", mode), Tag("outcome", outcome));

    public void CountCompared(string mode, BookSubject about, int lines) =>
        _compared.Add(lines, Tag("mode", mode), Tag("about", about.ToText()));

    public void CountDifference(string mode, Difference difference) => _differences.Add(
        1, Tag("mode", mode), Tag("kind", difference.Kind.ToText()), Tag("about", difference.About.ToText()));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
