using System.Globalization;

namespace PayLinks.Bench;

/// <summary>Processor time as Linux counts it, user and kernel together.</summary>
internal static class Cpu
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static TimeSpan Of(int process) => Read(process) is { } times ? times.Own : TimeSpan.Zero;

    /// <summary>Of the postmaster and all its children, those that have ended included.</summary>
    public static TimeSpan OfPostgres(int postmaster)
    {
        var total = Read(postmaster) is { } times ? times.Own + times.EndedChildren : TimeSpan.Zero;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process)
                && Read(process) is { } child && child.Parent == postmaster)
            {
                total += child.Own;
            }
        }

        return total;
    }

    // The name stands in parentheses and may hold spaces, so counting begins behind it.
    private static Times? Read(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            TimeSpan At(int first) => (Ticks(fields[first]) + Ticks(fields[first + 1])) * Tick;
            return new Times(int.Parse(fields[1], CultureInfo.InvariantCulture), At(11), At(13));
        }
        catch (IOException)
        {
            return null; // It has ended meanwhile.
        }
    }

    private static long Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private sealed record Times(int Parent, TimeSpan Own, TimeSpan EndedChildren);
}
