using System.Diagnostics;

namespace PayLinks.Tests.Scale;

/// <summary>Every host is stopped and started again, one after the other, as a new version is brought in.</summary>
internal sealed class RollingRestart(Fleet fleet, Findings findings) : IScenario
{
    public async Task RunAsync(CancellationToken until)
    {
        var machines = fleet.Apis.Zip(fleet.Workers).SelectMany(pair => new[] { pair.First, pair.Second }).ToList();
        var restarted = 0;
        for (; !until.IsCancellationRequested; restarted++)
        {
            var machine = machines[restarted % machines.Count];
            var kind = fleet.Apis.Contains(machine) ? "API" : "worker";
            var began = Stopwatch.GetTimestamp();
            await machine.StopAsync();
            findings.Measure($"{kind} stopped after", Stopwatch.GetElapsedTime(began));
            await machine.AwaitReadyAsync();
            if (kind == "API")
            {
                await fleet.Proxy.AwaitAsync(machine.Name, isUp: true);
            }

            findings.Count($"restarts of {machine.Name}");
        }

        findings.Expect(restarted >= machines.Count, $"only {restarted} hosts were restarted under load");
    }
}
