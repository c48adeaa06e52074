using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PayLinks.Bench;

/// <summary>How long each host takes to start, and what it holds when it has nothing to do.</summary>
internal sealed class Footprint(Installation installation)
{
    public const string Command = "footprint";

    private const string Worker = "PayLinks.Worker";
    private const int Starts = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The first seconds after a start are spent on work that comes once.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    /// <returns>A table of medians, a row for each host.</returns>
    public async Task<string> RunAsync()
    {
        var table = new StringBuilder()
            .AppendLine("| host | start to first answer | memory after half an idle minute |")
            .AppendLine("|---|--:|--:|");
        foreach (var project in new[] { "PayLinks.Api", Worker, "PayLinks.Sandbox" })
        {
            var times = new List<TimeSpan>();
            var memory = new List<double>();
            for (var i = 0; i < Starts; i++)
            {
                var (took, held) = await StartAsync(project);
                times.Add(took);
                memory.Add(held);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{project}: {took.TotalSeconds:0.00} s, {held:0} MiB"));
            }

            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {project} | {Percentile.Of(times, 50).TotalSeconds:0.00} s ({times.Min().TotalSeconds:0.00}–"
                + $"{times.Max().TotalSeconds:0.00}) | {Percentile.Of(memory, 50):0} MiB ({memory.Min():0}–"
                + $"{memory.Max():0}) |");
        }

        return table.ToString();
    }

    private async Task<(TimeSpan Took, double MiB)> StartAsync(string project)
    {
        var url = Installation.FreeUrl();
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var began = Stopwatch.GetTimestamp();
        // The worker answers on no port but its own.
        await using var host = PayLinksSubject.Start(
            installation, project, project == Worker ? ("ManagementPort", $"{http.BaseAddress.Port}") : ("urls", url));
        await Answering.AwaitAsync(http, "/healthz", Patience);
        var took = Stopwatch.GetElapsedTime(began);
        await Task.Delay(Idle);
        return (took, Memory.MiBOf(host.Id));
    }
}
