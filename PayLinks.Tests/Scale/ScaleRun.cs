using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;
using PayLinks.Tests.Torture;

namespace PayLinks.Tests.Scale;

/// <summary>A scenario from the start of all machines to the three ledgers at rest.</summary>
internal static class ScaleRun
{
    private const int PerSecond = 4;

    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(90);

    private static readonly Dictionary<string, string> Settings = new(TestSystem.WideOpen, StringComparer.Ordinal)
    {
        ["Notices:AllowAddresses:0"] = "127.0.0.1/32",
        ["Reconciliation:SettleSeconds"] = "0",
    };

    /// <param name="scenario">As <c>./scale.sh</c> is told.</param>
    public static async Task<ScaleReport> RunAsync(string scenario, TimeSpan duration)
    {
        await using var system = await TestSystem.StartAsync(Hosts.Sandbox, Settings);
        await using var fleet = await Fleet.StartAsync(system, scenario, Connections(scenario, system));
        using var shop = new Shop(system, patience: TimeSpan.FromMinutes(1), answerWithin: TimeSpan.FromSeconds(20));
        await using var program = await MerchantProgram.StartAsync(system.Told, () => MerchantProgram.Well);
        program.Secret = await shop.AddEndpointAsync(program.Url);

        var findings = new Findings();
        IScenario scene = scenario switch
        {
            "many" or "pgbouncer" => new Sharing(system, fleet, findings),
            "rolling" => new RollingRestart(fleet, findings),
            "frozen" => new FrozenWorker(system, fleet, shop, findings),
            "standby" => new Failover(system, shop, Port("STANDBY"), findings),
            _ => throw new ArgumentException($"There is no scenario '{scenario}'.", nameof(scenario)),
        };
        var traffic = new Traffic(shop, seed: 7, PerSecond);
        var began = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource(duration);
        var connections = CountConnectionsAsync(system.Database, over.Token);
        await Task.WhenAll(traffic.RunAsync(over.Token), scene.RunAsync(over.Token));
        var lasted = Stopwatch.GetElapsedTime(began);

        return new ScaleReport(scenario, lasted)
        {
            MayFail = scenario == "standby",
            Violations = await system.CompareLedgersAsync(RestWithin),
            Served = await fleet.Proxy.ReadAsync(),
            Operations = traffic.Done,
            Findings = findings,
            Failures = system.Told.Failures,
            ConnectionsMax = await connections,
            Notices = $"{system.Told.Notices.Count} posted, of them "
                + $"{system.Told.Notices.Count - system.Told.Notices.DistinctBy(notice => notice.Event).Count()} again",
            Staleness = traffic.Staleness,
            Unresolved = traffic.Unresolved,
        };
    }

    // How the hosts reach the database, where it is not the tests' own way.
    private static string[] Connections(string scenario, TestSystem system)
    {
        var direct = new NpgsqlConnectionStringBuilder(system.Database.AppConnection);
        switch (scenario)
        {
            case "pgbouncer":
                var pooled = new NpgsqlConnectionStringBuilder(direct.ConnectionString)
                {
                    Port = Port("PGBOUNCER"),
                    MaxAutoPrepare = 0,
                };
                return [$"--ConnectionStrings:PayLinks={pooled}", $"--ConnectionStrings:Listen={direct}"];
            case "standby":
                // A host that was told once which server is the primary asks again no sooner.
                direct.HostRecheckSeconds = 1;
                direct.Timeout = 5;
                direct.CommandTimeout = 5;
                direct.KeepAlive = 2;
                return [$"--ConnectionStrings:PayLinks={direct}"];
            default:
                return [];
        }
    }

    private static async Task<int> CountConnectionsAsync(TestDatabase database, CancellationToken until)
    {
        var most = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(until))
            {
                most = Math.Max(most, await CountAsync());
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }

        return most;

        async Task<int> CountAsync()
        {
            try
            {
                return await database.ReadAsync<int>(
                    """
                    select count(*)::int from pg_stat_activity
                    where datname = current_database() and usename = @Login
                    """,
                    new { Login = new NpgsqlConnectionStringBuilder(database.AppConnection).Username });
            }
            catch (NpgsqlException)
            {
                return 0; // Between two primaries.
            }
        }
    }

    private static int Port(string of) =>
        int.Parse(Environment.GetEnvironmentVariable($"PAYLINKS_SCALE_{of}")!, CultureInfo.InvariantCulture);
}
