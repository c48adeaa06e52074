using System.Globalization;
using System.Text.RegularExpressions;

namespace PayLinks.Bench;

/// <summary>What a process holds of the machine's memory, as Linux counts it: its resident set.</summary>
internal static partial class Memory
{
    private const double KiBOfMiB = 1024;

    public static double MiBOf(int process) => int.Parse(
        ResidentKiB().Match(File.ReadAllText($"/proc/{process}/status")).Groups["kib"].Value,
        CultureInfo.InvariantCulture) / KiBOfMiB;

    [GeneratedRegex(@"^VmRSS:\s+(?<kib>\d+) kB$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ResidentKiB();
}
