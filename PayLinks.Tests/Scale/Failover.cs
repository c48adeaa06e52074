using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Torture;

namespace PayLinks.Tests.Scale;

/// <summary>The primary dies with all its processes under load, and its synchronous standby is promoted.</summary>
/// <param name="standbyPort">Where the standby listens.</param>
internal sealed class Failover(TestSystem system, Shop shop, int standbyPort, Findings findings) : IScenario
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken until)
    {
        using (var timer = new PeriodicTimer(Before))
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        findings.Expect(
            await system.Database.ReadAsync<string>("select max(sync_state) from pg_stat_replication") == "sync",
            "the standby was not synchronous");
        await KillPrimaryAsync();
        var killed = Stopwatch.GetTimestamp();
        findings.Count("kill -9 of the primary");
        var probe = shop.CreateAsync();
        await PromoteAsync();
        findings.Measure("promoted after the kill in", Stopwatch.GetElapsedTime(killed));
        await probe;
        findings.Measure("next link acknowledged after the kill in", Stopwatch.GetElapsedTime(killed));
        await TortureRun.AwaitDatabaseAsync(system);
    }

    // All at once: a server that has lost its postmaster may go on to answer for a moment, a dead machine does not.
    private async Task KillPrimaryAsync()
    {
        var postmaster = await PostgresProcess.PostmasterAsync(system.Database);
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "pid=", "--ppid", $"{postmaster}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var children = (await ps.StandardOutput.ReadToEndAsync()).Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        using var kill = Process.Start(
            "kill", ["-KILL", postmaster.ToString(CultureInfo.InvariantCulture), .. children]);
        await kill.WaitForExitAsync();
    }

    private async Task PromoteAsync()
    {
        var standby = new NpgsqlConnectionStringBuilder(TestDatabase.Server("postgres").ConnectionString)
        {
            Host = $"127.0.0.1:{standbyPort},127.0.0.1:{standbyPort}",
            TargetSessionAttributes = "any",
        };
        await using var connection = new NpgsqlConnection(standby.ConnectionString);
        await connection.OpenAsync();
        await using var promote = new NpgsqlCommand("select pg_promote()", connection);
        findings.Expect((bool)(await promote.ExecuteScalarAsync())!, "the standby was not promoted within a minute");
    }
}
