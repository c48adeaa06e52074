using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PayLinks.Bench;

/// <summary>A program that measures, and what it printed.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <exception cref="InvalidOperationException">It failed; its complaint is the message.</exception>
    public static async Task<string> RunAsync(
        string name, IReadOnlyDictionary<string, string>? environment, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[variable] = value;
        }

        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complaint = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await said
            : throw new InvalidOperationException($"{name}: {await complaint}{await said}");
    }

    public static double Number(string said, string pattern) =>
        double.Parse(Word(said, pattern), CultureInfo.InvariantCulture);

    /// <summary>What the pattern's first group finds.</summary>
    public static string Word(string said, string pattern) =>
        Regex.Match(said, pattern, RegexOptions.CultureInvariant, Patience) is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidOperationException($"'{pattern}' is not in: {said}");
}
