using System.Globalization;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Scale;

/// <summary>More than one machine: runs only when <c>./scale.sh</c> says what.</summary>
[NonParallelizable]
public sealed class ScaleTests
{
    private static IEnumerable<TestCaseData> Orders =>
        Environment.GetEnvironmentVariable("PAYLINKS_SCALE") is { Length: > 0 } scenario
        && Environment.GetEnvironmentVariable("PAYLINKS_SCALE_SECONDS") is { Length: > 0 } seconds
            ? [new TestCaseData(scenario, int.Parse(seconds, CultureInfo.InvariantCulture))]
            : [];

    [TestCaseSource(nameof(Orders))]
    public async Task Several_machines_do_as_one(string scenario, int seconds)
    {
        var report = await ScaleRun.RunAsync(scenario, TimeSpan.FromSeconds(seconds));

        await File.WriteAllTextAsync(SourceTree.PathOf($"TestResults/scale-{scenario}.txt"), report.ToString());
        Assert.That(report.IsGood, report.ToString());
    }
}
