using System.Text;
using PayLinks.Tests.Ledgers;
using static PayLinks.Tests.Torture.ReportLines;

namespace PayLinks.Tests.Torture;

/// <summary>What the merchant's program was told.</summary>
/// <param name="Taken">How many notices it answered well, repetitions included.</param>
/// <param name="Doubled">How many of these told of an event that it had taken before; allowed.</param>
/// <param name="Dead">How many events were given up, visibly.</param>
internal sealed record NoticeCounts(int Posted, int Taken, int Doubled, int BadlySigned, int Dead)
{
    public static NoticeCounts Of(IReadOnlyCollection<HeardNotice> heard, int dead)
    {
        var taken = heard.Where(notice => notice.IsTaken).ToList();
        return new NoticeCounts(
            heard.Count, taken.Count, taken.Count - taken.DistinctBy(notice => notice.Event).Count(),
            heard.Count(notice => !notice.IsSigned), dead);
    }
}

/// <summary>What a run did, what became of it, and how to have it again.</summary>
internal sealed record TortureReport(int Seed, TimeSpan Ordered, TimeSpan Lasted)
{
    // How the ledgers say that something was promised and is not there, and that something was done twice.
    private static readonly string[] UntoldWords = ["has no notice to", "was not taken there", "The notice of"];
    private static readonly string[] LostWords = ["was acknowledged", "does not have", "is still", .. UntoldWords];
    private static readonly string[] TwiceWords = ["captured", "which no message here knows", "payments that settle",
        "was answered with", "none of the payments here", "none of the refunds here", "none of the disputes here"];

    public required IReadOnlyDictionary<string, int> Faults { get; init; }

    public required IReadOnlyDictionary<string, int> Operations { get; init; }

    public required NoticeCounts Notices { get; init; }

    public required IReadOnlyList<string> Unresolved { get; init; }

    public required IReadOnlyList<TimeSpan> Staleness { get; init; }

    public required IReadOnlyList<TimeSpan> Recovery { get; init; }

    public required IReadOnlyList<TimeSpan> Takeover { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }

    public required IReadOnlyList<string> Memory { get; init; }

    /// <summary>What <c>./torture.sh</c> is told besides the seed.</summary>
    public required string Order { get; init; }

    public bool IsGood => Violations.Count == 0 && Unresolved.Count == 0;

    public override string ToString()
    {
        var text = new StringBuilder()
            .AppendLine("Torture report")
            .AppendLine(Line("commit", Commit()))
            .AppendLine(Line("seed", $"{Seed}"))
            .AppendLine(Line(
                "duration", $"{Ordered.TotalSeconds:0} s of trouble, {Lasted.TotalSeconds:0} s until all were served"))
            .AppendLine(Line("faults", $"{Faults.Values.Sum()}: {Table(Faults)}"))
            .AppendLine(Line("operations", $"{Operations.Values.Sum() + Unresolved.Count}"))
            .AppendLine(Line("acknowledged", $"{Operations.Values.Sum()}: {Table(Operations)}"))
            .AppendLine(Line(
                "notices", $"{Notices.Posted} posted, {Notices.Taken} taken, {Notices.Doubled} of them again, "
                    + $"{Notices.BadlySigned} badly signed, {Notices.Dead} given up, {Count(UntoldWords)} missing"))
            .AppendLine(Line("lost", $"{Count(LostWords)}"))
            .AppendLine(Line("duplicated", $"{Count(TwiceWords)}"))
            .AppendLine(Line("unresolved", $"{Unresolved.Count}"))
            .AppendLine(Line("violations", $"{Violations.Count}"))
            .AppendLine(Line("staleness", Percentiles(Staleness)))
            .AppendLine(Line("recovery", Percentiles(Recovery)))
            .AppendLine(Line("takeover", Percentiles(Takeover)))
            .AppendLine(Line("memory", string.Join(", ", Memory)))
            .AppendLine(Line("again", $"./torture.sh {Order} {Seed}"));
        Append(text, [.. Violations, .. Unresolved]);
        return text.ToString();
    }

    private int Count(string[] words) => Violations.Count(sentence =>
        words.Any(word => sentence.Contains(word, StringComparison.Ordinal)));
}
