using System.Globalization;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>The whole under torture: a little each time, and as long as <c>./torture.sh</c> wants.</summary>
[NonParallelizable]
public sealed class TortureTests
{
    // Only torture.sh sets them; without, there is no long run, and none to skip.
    private static IEnumerable<TestCaseData> Orders =>
        Environment.GetEnvironmentVariable("PAYLINKS_TORTURE_MINUTES") is { Length: > 0 } minutes
        && Environment.GetEnvironmentVariable("PAYLINKS_TORTURE_SEED") is { Length: > 0 } seed
            ? [new TestCaseData(Number(minutes), Number(seed))]
            : [];

    [TestCaseSource(nameof(Orders))]
    public Task Nothing_is_lost_and_nothing_done_twice(int minutes, int seed) =>
        RunAsync(TimeSpan.FromMinutes(minutes), seed, perSecond: 8, ownsPostgres: true);

    // As with the minutes; PAYLINKS_KILLS_API and the like say how often.
    private static IEnumerable<TestCaseData> KillOrders =>
        Environment.GetEnvironmentVariable("PAYLINKS_KILLS") is { Length: > 0 } seed
            ? [new TestCaseData(Number(seed))]
            : [];

    [TestCaseSource(nameof(KillOrders))]
    public Task Killed_by_number_nothing_is_lost_and_nothing_done_twice(int seed) => RunAsync(
        TimeSpan.FromHours(3), seed, perSecond: 4, ownsPostgres: true,
        new Dictionary<Victim, int>
        {
            [Victim.Api] = Counts.Of("KILLS_API", usually: 200),
            [Victim.Worker] = Counts.Of("KILLS_WORKER", usually: 200),
            [Victim.Backend] = Counts.Of("KILLS_BACKEND", usually: 50),
            [Victim.Postmaster] = Counts.Of("KILLS_POSTMASTER", usually: 20),
        });

    [Test]
    public Task Half_a_minute_of_it() =>
        RunAsync(TimeSpan.FromSeconds(30), seed: 7, perSecond: 5, ownsPostgres: false);

    private static async Task RunAsync(
        TimeSpan duration, int seed, int perSecond, bool ownsPostgres,
        IReadOnlyDictionary<Victim, int>? kills = null)
    {
        var report = await TortureRun.RunAsync(duration, seed, perSecond, ownsPostgres, kills);

        var file = SourceTree.PathOf($"TestResults/torture-{seed}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, report.ToString());
        await TestContext.Out.WriteLineAsync(report.ToString());
        Assert.That(report.IsGood, report.ToString());
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
