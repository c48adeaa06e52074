using System.Diagnostics;
using Npgsql;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;

namespace PayLinks.Tests.Torture;

/// <summary>
/// API, worker and sandbox as processes of their own, lines between them that can be made ill, customers and trouble;
/// in the end rest, and the three ledgers.
/// </summary>
internal static class TortureRun
{
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(90);

    // A merchant's program that is ill every fifth time is to be asked again within the run, and given up now and then.
    private static readonly Dictionary<string, string> Settings = new(TestSystem.WideOpen, StringComparer.Ordinal)
    {
        ["Notices:AllowAddresses:0"] = "127.0.0.1/32",
        ["Notices:ConcurrencyPerEndpoint"] = "32",
        ["Notices:ExchangeSeconds"] = "2",
        ["Notices:LeaseSeconds"] = "5",
        ["Notices:RetryAfterSeconds:0"] = "1",
        ["Notices:RetryAfterSeconds:1"] = "2",
        ["Notices:RetryAfterSeconds:2"] = "4",
        ["Notices:RetryAfterSeconds:3"] = "8",
        ["Reconciliation:SettleSeconds"] = "0",
    };

    /// <param name="duration">Of the trouble, at most.</param>
    /// <param name="kills">How often to kill each process, and nothing else; null for trouble of all kinds.</param>
    public static async Task<TortureReport> RunAsync(
        TimeSpan duration, int seed, int perSecond, bool ownsPostgres,
        IReadOnlyDictionary<Victim, int>? kills = null)
    {
        await using var system = await TestSystem.StartAsync(Hosts.None, Settings);
        var database = new NpgsqlConnectionStringBuilder(system.Database.AppConnection);
        await using var toDatabase = new FaultProxy(database.Port, seed);
        await using var toProviders = new FaultProxy(new Uri(system.SandboxUrl).Port, seed + 1);
        string[] lines =
        [
            $"--ConnectionStrings:PayLinks={Through(toDatabase, database)}",
            $"--Mollie:BaseUrl=http://127.0.0.1:{toProviders.Port}/v2/",
            $"--Twilio:BaseUrl=http://127.0.0.1:{toProviders.Port}/2010-04-01/",
            $"--SendGrid:BaseUrl=http://127.0.0.1:{toProviders.Port}",
            "--Logging:Console:LogLevel:Default=Warning",
        ];

        await using var logs = Logs(seed);
        await using var sandbox = new Supervised("PayLinks.Sandbox", system.SandboxArguments());
        await AddProfileAsync(system);
        await using var api = new Supervised(
            "PayLinks.Api", [.. system.ApiArguments(), .. lines], hear: logs.WriteLine);
        await using var worker = new Supervised(
            "PayLinks.Worker", [.. system.WorkerArguments(), .. lines], hear: logs.WriteLine);
        using var shop = new Shop(system, patience: TimeSpan.FromMinutes(2));
        var moods = new Moods(seed + 2);
        await using var program = await MerchantProgram.StartAsync(system.Told, moods.Next);
        program.Secret = await shop.AddEndpointAsync(program.Url); // Whoever is not up yet is waited for.

        var traffic = new Traffic(shop, seed, perSecond);
        var recovery = new Recovery(shop);
        ITrouble trouble = kills is null
            ? new Trouble(system, api, worker, toDatabase, toProviders, recovery, seed, ownsPostgres)
            : new Kills(system, shop, api, worker, recovery, seed, kills);
        Supervised[] hosts = [api, worker, sandbox];
        var memory = hosts.Select(Memory).ToList();

        var began = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource(duration);
        await Task.WhenAll(traffic.RunAsync(over.Token), EndAfterAsync(trouble.RunAsync(over.Token), over));
        await recovery.EndAsync();
        moods.GetWell();
        var lasted = Stopwatch.GetElapsedTime(began);
        await AwaitDatabaseAsync(system);

        var violations = await system.CompareLedgersAsync(RestWithin);
        return new TortureReport(seed, duration, lasted)
        {
            Faults = trouble.Caused,
            Operations = traffic.Done,
            Notices = NoticeCounts.Of(
                system.Told.Notices,
                await system.Database.ReadAsync<int>("select count(*)::int from notice where status = 'dead'")),
            Unresolved = [.. traffic.Unresolved, .. recovery.Unresolved],
            Staleness = [.. traffic.Staleness],
            Recovery = recovery.Times,
            Takeover = recovery.Takeover,
            Violations = violations,
            Order = kills is null ? $"{Math.Max(1, (int)duration.TotalMinutes)}" : "kills",
            Memory =
            [
                .. new[] { "API", "worker", "sandbox" }.Zip(
                    memory, hosts.Select(Memory)).Select(host => $"{host.First} {host.Second} → {host.Third} MB"),
            ],
        };
    }

    // Nobody comes any more when all trouble is over.
    private static async Task EndAfterAsync(Task trouble, CancellationTokenSource over)
    {
        await trouble;
        await over.CancelAsync();
    }

    // Time-outs as the operations guide gives them: a line that swallows everything must be noticed.
    private static string Through(FaultProxy line, NpgsqlConnectionStringBuilder database) =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Port = line.Port,
            Timeout = 5,
            CommandTimeout = 5,
            KeepAlive = 2,
        }.ConnectionString;

    // The sandbox gives each key a profile of its own, and a payment of another profile is another merchant's.
    private static async Task AddProfileAsync(TestSystem system)
    {
        var profile = await Eventually.SeesAsync(
            async () =>
            {
                try
                {
                    return await system.Sandbox.MollieProfileAsync(TestSystem.MollieKey);
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            profile => profile is not null, "the sandbox answers", TimeSpan.FromSeconds(30));
        await system.Database.ExecuteAsync("update mollie_account set profile_id = @profile", new { profile });
    }

    /// <summary>Connections of ours to a server that was killed are found out only when they are used.</summary>
    public static Task AwaitDatabaseAsync(TestSystem system) => Eventually.IsTrueAsync(
        async () =>
        {
            try
            {
                NpgsqlConnection.ClearAllPools();
                return await system.Database.ReadAsync<int>("select 1") == 1;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        },
        "the database answers", TimeSpan.FromSeconds(30));

    /// <summary>What the hosts complain of, for whoever wants to know why.</summary>
    private static TextWriter Logs(int seed)
    {
        Directory.CreateDirectory(SourceTree.PathOf("TestResults"));
        return TextWriter.Synchronized(new StreamWriter(SourceTree.PathOf($"TestResults/torture-{seed}.log")));
    }

    private static long Memory(Supervised host)
    {
        using var process = Process.GetProcessById(host.Running.Id);
        return process.WorkingSet64 / (1024 * 1024);
    }
}
