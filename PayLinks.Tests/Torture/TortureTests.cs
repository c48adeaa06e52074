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

    [Test]
    public Task Twenty_seconds_of_it() =>
        RunAsync(TimeSpan.FromSeconds(20), seed: 7, perSecond: 5, ownsPostgres: false);

    private static async Task RunAsync(TimeSpan duration, int seed, int perSecond, bool ownsPostgres)
    {
        var report = await TortureRun.RunAsync(duration, seed, perSecond, ownsPostgres);

        var file = SourceTree.PathOf($"TestResults/torture-{seed}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, report.ToString());
        await TestContext.Out.WriteLineAsync(report.ToString());
        Assert.That(report.IsGood, report.ToString());
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
