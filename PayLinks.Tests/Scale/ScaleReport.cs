using System.Text;
using static PayLinks.Tests.Torture.ReportLines;

namespace PayLinks.Tests.Scale;

/// <summary>What a scenario did and what became of it.</summary>
internal sealed record ScaleReport(string Scenario, TimeSpan Lasted)
{
    /// <summary>Whether a request that the client had to repeat is a violation.</summary>
    public required bool MayFail { get; init; }

    public required IReadOnlyList<Served> Served { get; init; }

    public required IReadOnlyDictionary<string, int> Operations { get; init; }

    public required Findings Findings { get; init; }

    public required IReadOnlyCollection<string> Failures { get; init; }

    public required int ConnectionsMax { get; init; }

    public required string Notices { get; init; }

    public required IReadOnlyCollection<TimeSpan> Staleness { get; init; }

    public required IReadOnlyCollection<string> Unresolved { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }

    private IReadOnlyList<string> Wrong =>
    [
        .. Violations, .. Findings.Violations, .. Unresolved, .. MayFail ? [] : Failures,
        .. Served.Where(server => server.Requests == 0).Select(server => $"{server.Server} served nothing"),
    ];

    public bool IsGood => Wrong.Count == 0;

    public override string ToString()
    {
        var servers = string.Join(", ", Served.Select(server => $"{server.Server} {server.Requests}"));
        var text = new StringBuilder()
            .AppendLine("Scale report: " + Scenario)
            .AppendLine(Line("commit", Commit()))
            .AppendLine(Line("load", $"{Lasted.TotalSeconds:0} s, 3 APIs and 3 workers"))
            .AppendLine(Line("requests", $"{Served.Sum(server => server.Requests)} through the proxy: {servers}"))
            .AppendLine(Line("failed", $"{Failures.Count} at the client{(MayFail ? ", and asked again" : "")}"))
            .AppendLine(Line("acknowledged", $"{Operations.Values.Sum()}: {Table(Operations)}"))
            .AppendLine(Line("notices", Notices))
            .AppendLine(Line("connections", $"at most {ConnectionsMax} of the hosts at PostgreSQL"))
            .AppendLine(Line("paid seen", Percentiles(Staleness)))
            .AppendLine(Line("scenario", Table(Findings.Counts)));
        foreach (var (what, times) in Findings.Times)
        {
            text.AppendLine(Line("", $"{what} {Percentiles(times)}"));
        }

        text.AppendLine(Line("unresolved", $"{Unresolved.Count}")).AppendLine(Line("violations", $"{Wrong.Count}"));
        Append(text, Wrong);
        return text.ToString();
    }
}
