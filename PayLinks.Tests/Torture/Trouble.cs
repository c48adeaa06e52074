using System.Collections.Concurrent;
using Npgsql;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>
/// Everything that can happen to the processes, the lines between them and the providers, one thing after the other, as
/// the seed says.
/// </summary>
internal sealed class Trouble(
    TestSystem system, Supervised api, Supervised worker, FaultProxy toDatabase, FaultProxy toProviders,
    Recovery recovery, int seed, bool ownsPostgres)
    : ITrouble
{
    private static readonly LineFault[] LineFaults = [.. Enum.GetValues<LineFault>().Skip(1)];

    private static readonly string[] ProviderModes =
        ["500", "503", "429", "timeout", "reset", "garbled", "slow", "effect-then-500", "effect-then-timeout"];

    private readonly ConcurrentDictionary<string, int> _caused = new(StringComparer.Ordinal);
    private readonly Random _chance = new(seed);

    public IReadOnlyDictionary<string, int> Caused => _caused;

    public async Task RunAsync(CancellationToken until)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.5));
        try
        {
            while (await timer.WaitForNextTickAsync(until))
            {
                await CauseAsync(until);
            }
        }
        catch (OperationCanceledException)
        {
            await EndAsync();
        }
    }

    private async Task CauseAsync(CancellationToken until)
    {
        // Drawn whether or not they are needed, so that the next draws are the same in every run.
        var (kind, which, times) = (_chance.Next(ownsPostgres ? 12 : 10), _chance.Next(1000), _chance.Next(1, 21));
        var pause = TimeSpan.FromSeconds(0.5 + (_chance.NextDouble() * 4));
        switch (kind)
        {
            case 0:
                await KillAsync("kill -9 API", api.Running.Id);
                break;
            case 1:
                await KillAsync("kill -9 worker", worker.Running.Id);
                break;
            case 2:
                Count("stopped worker");
                await FreezeAsync(worker, which % 40 == 0 ? TimeSpan.FromSeconds(16) : pause, until);
                break;
            case 3:
                Count("stopped API");
                await FreezeAsync(api, pause, until);
                break;
            case 4 or 5:
                var mode = ProviderModes[which % ProviderModes.Length];
                Count($"provider: {mode}");
                await system.Sandbox.FailAsync(
                    new[] { "mollie", "mollie", "twilio", "sendgrid" }[times % 4], "*", mode, times, seconds: 3);
                break;
            case 6:
                var callbacks = new[] { "drop", "duplicate", "shuffle", "delay" }[which % 4];
                Count($"callbacks: {callbacks}");
                await SetCallbacksAsync(callbacks, callbacks == "duplicate" ? 1 + (which % 50) : 3);
                await WaitAsync(pause, until);
                await SetCallbacksAsync("normal", 1);
                break;
            case 7:
                await ForgeAsync(times);
                break;
            case 8:
                await SickenAsync(toDatabase, "database line", which, pause, until);
                break;
            case 9:
                await SickenAsync(toProviders, "provider line", which, pause, until);
                break;
            default:
                await KillPostgresAsync(all: kind == 11 && which % 3 == 0);
                break;
        }
    }

    private async Task EndAsync()
    {
        toDatabase.Fault = toProviders.Fault = LineFault.None;
        await SetCallbacksAsync("normal", 1);
    }

    private async Task KillAsync(string what, int process)
    {
        Count(what);
        await Supervised.SignalAsync(process, "KILL");
        recovery.Begin();
    }

    private static async Task FreezeAsync(Supervised host, TimeSpan pause, CancellationToken until)
    {
        var process = host.Running.Id;
        await Supervised.SignalAsync(process, "STOP");
        await WaitAsync(pause, until);
        await Supervised.SignalAsync(process, "CONT");
    }

    private async Task SickenAsync(FaultProxy line, string name, int which, TimeSpan pause, CancellationToken until)
    {
        line.Fault = LineFaults[which % LineFaults.Length];
        Count($"{name}: {line.Fault}");
        await WaitAsync(pause, until);
        line.Fault = LineFault.None;
    }

    private async Task SetCallbacksAsync(string mode, int factor)
    {
        foreach (var provider in new[] { "mollie", "twilio", "sendgrid" })
        {
            await system.Sandbox.CallbacksAsync(provider, mode, factor);
        }
    }

    // A right key is nobody's guess; what is forged is the payment, and who knows the address.
    private async Task ForgeAsync(int times)
    {
        Count("forged callbacks", times);
        using var http = new HttpClient { BaseAddress = new Uri(system.ApiUrl), Timeout = TimeSpan.FromSeconds(2) };
        for (var i = 0; i < times; i++)
        {
            using var form = new FormUrlEncodedContent(
                [KeyValuePair.Create("id", $"tr_forged{i}"), KeyValuePair.Create("status", "paid")]);
            try
            {
                using var answer = await http.PostAsync($"/callbacks/mollie/p{_chance.Next():d26}", form);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                // Whoever forges does not mind.
            }
        }
    }

    private async Task KillPostgresAsync(bool all)
    {
        try
        {
            await (all
                ? KillAsync("kill -9 postmaster", await PostgresProcess.PostmasterAsync(system.Database))
                : KillAsync("kill -9 backend", await PostgresProcess.AnyBackendAsync(system.Database)));
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            // It is still getting up from the last time.
        }
    }

    private static async Task WaitAsync(TimeSpan pause, CancellationToken until)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            await timer.WaitForNextTickAsync(until);
        }
        catch (OperationCanceledException)
        {
            // What was begun is undone by whoever waits, also at the end.
        }
    }

    private void Count(string what, int times = 1) => _caused.AddOrUpdate(what, times, (_, before) => before + times);
}
