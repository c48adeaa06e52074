using System.Globalization;

namespace PayLinks.Bench;

/// <summary>Puts a load on a program with <c>wrk</c>, which costs less than a client of ours would.</summary>
internal static class Wrk
{
    /// <exception cref="InvalidOperationException">Not every request was answered well.</exception>
    public static async Task<Answers> RunAsync(Load load, TimeSpan duration)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, load.Script());
            var said = await Tool.RunAsync(
                "wrk", null, "-t", "1", "-c", "32", "--latency", "-s", script,
                "-d", duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), load.Url);
            if (said.Contains("Non-2xx", StringComparison.Ordinal)
                || said.Contains("Socket errors", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{load.Method} {load.Paths[0]}: {said}");
            }

            return new Answers(
                (long)Tool.Number(said, @"([0-9]+) requests in"), Tool.Number(said, @"Requests/sec: +([0-9.]+)"),
                Time(said, "50%"), Time(said, "99%"));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static TimeSpan Time(string said, string percent)
    {
        var number = Tool.Number(said, percent + @" +([0-9.]+)");
        return Tool.Word(said, percent + @" +[0-9.]+([a-z]+)") switch
        {
            "us" => TimeSpan.FromMicroseconds(number),
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            var unit => throw new InvalidOperationException($"wrk measures in {unit}."),
        };
    }

    public sealed record Answers(long Count, double PerSecond, TimeSpan P50, TimeSpan P99);
}
