using System.Diagnostics;
using System.Globalization;
using System.Text;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>How the reports of long runs are written.</summary>
internal static class ReportLines
{
    private const int SentencesMax = 40;

    public static string Line(string name, string value) => $"  {name,-13}{value}";

    public static string Table(IReadOnlyDictionary<string, int> counts) => string.Join(
        ", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));

    public static string Percentiles(IReadOnlyCollection<TimeSpan> times)
    {
        if (times.Count == 0)
        {
            return "nothing measured";
        }

        var sorted = times.Order().ToList();
        string At(double part) =>
            sorted[(int)(part * (sorted.Count - 1))].TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        return $"p50 {At(0.5)} s, p99 {At(0.99)} s, longest {At(1)} s ({times.Count})";
    }

    public static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"])
        {
            WorkingDirectory = SourceTree.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }

    /// <summary>What went wrong, a line each, as far as anybody would read.</summary>
    public static void Append(StringBuilder text, IReadOnlyCollection<string> sentences)
    {
        foreach (var sentence in sentences.Take(SentencesMax))
        {
            text.Append("  ").AppendLine(sentence);
        }

        if (sentences.Count > SentencesMax)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {sentences.Count - SentencesMax} more");
        }
    }
}
