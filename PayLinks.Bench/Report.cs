using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PayLinks.Bench;

/// <summary>All rounds, and a table of their medians beside the bare programs'.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<(ICase Case, string Subject, Result Result)> _rounds = [];

    /// <param name="subject">A name of <see cref="Subjects"/>.</param>
    public void Add(ICase one, string subject, Result result) => _rounds.Add((one, subject, result));

    public string Json() => JsonSerializer.Serialize(
        _rounds.Select(round => new
        {
            @case = round.Case.Name,
            subject = round.Subject,
            perSecond = round.Result.PerSecond,
            p50Milliseconds = round.Result.P50?.TotalMilliseconds,
            p99Milliseconds = round.Result.P99?.TotalMilliseconds,
            cpuMicroseconds = round.Result.Cpu?.TotalMicroseconds,
        }),
        Indented);

    public string Table()
    {
        var table = new StringBuilder()
            .AppendLine("| what | measure | PayLinks | min–max | bare | ratio | PostgreSQL alone |")
            .AppendLine("|---|---|--:|--:|--:|--:|--:|");
        foreach (var rounds in _rounds.GroupBy(round => round.Case))
        {
            Row(table, rounds.Key, rounds, "a second", "0", result => result.PerSecond);
            Row(table, rounds.Key, rounds, "p50 ms", "0.0", result => result.P50?.TotalMilliseconds);
            Row(table, rounds.Key, rounds, "p99 ms", "0.0", result => result.P99?.TotalMilliseconds);
            Row(table, rounds.Key, rounds, "CPU µs each", "0", result => result.Cpu?.TotalMicroseconds);
        }

        return table.ToString();
    }

    private static void Row(
        StringBuilder table, ICase one, IEnumerable<(ICase Case, string Subject, Result Result)> rounds,
        string measure, string format, Func<Result, double?> value)
    {
        var of = rounds.ToLookup(round => round.Subject, round => value(round.Result), StringComparer.Ordinal);
        var ours = of[Subjects.PayLinks].OfType<double>().ToList();
        var bare = of[Subjects.Bare].OfType<double>().ToList();
        var alone = of[Subjects.PostgresAlone].OfType<double>().ToList();
        if (ours.Count == 0 || bare.Count == 0)
        {
            return;
        }

        string Text(double number) => number.ToString(format, CultureInfo.InvariantCulture);
        var (median, limit) = (Percentile.Of(ours, 50), Percentile.Of(bare, 50));
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {one.Meaning} | {measure} | {Text(median)} | {Text(ours.Min())}–{Text(ours.Max())} | {Text(limit)} | "
            + $"{(median / limit).ToString("0.00", CultureInfo.InvariantCulture)} | "
            + $"{(alone.Count > 0 ? Text(Percentile.Of(alone, 50)) : "")} |");
    }
}
