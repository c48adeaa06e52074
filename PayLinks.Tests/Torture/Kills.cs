using System.Collections.Concurrent;
using Npgsql;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

internal enum Victim
{
    Api,
    Worker,
    Backend,
    Postmaster,
}

/// <summary>
/// Nothing but <c>kill -9</c>: of each process as often as ordered, in the order of the seed. The next comes when the
/// one before has been got over, so that each takes as long as it takes.
/// </summary>
/// <param name="counts">How often each is killed.</param>
internal sealed class Kills(
    TestSystem system, Shop shop, Supervised api, Supervised worker, Recovery recovery, int seed,
    IReadOnlyDictionary<Victim, int> counts)
    : ITrouble
{
    private readonly ConcurrentDictionary<string, int> _caused = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Caused => _caused;

    public async Task RunAsync(CancellationToken until)
    {
        var victims = counts.SelectMany(count => Enumerable.Repeat(count.Key, count.Value)).ToArray();
        new Random(seed).Shuffle(victims);
        foreach (var victim in victims.TakeWhile(_ => !until.IsCancellationRequested))
        {
            var sending = victim == Victim.Worker ? await LetOneBeSentAsync() : null;
            await Supervised.SignalAsync(await ProcessOfAsync(victim), "KILL");
            _caused.AddOrUpdate($"kill -9 {victim}", 1, (_, before) => before + 1);
            await recovery.MeasureAsync(sending);
        }
    }

    // The provider takes its time, so that the worker dies in the middle of it.
    private async Task<Link> LetOneBeSentAsync()
    {
        await system.Sandbox.FailAsync("twilio", "createMessage", "slow", count: 1, seconds: 2);
        var link = await shop.CreateAsync("sms");
        return await shop.WaitAsync(link, "being sent", seen => seen.Messages.Single().Status != "queued");
    }

    private Task<int> ProcessOfAsync(Victim victim) => victim switch
    {
        Victim.Api => Task.FromResult(api.Running.Id),
        Victim.Worker => Task.FromResult(worker.Running.Id),
        // Connections of ours to a server that was killed are found out only when they are used.
        Victim.Backend or Victim.Postmaster => Eventually.SeesAsync(
            async () =>
            {
                try
                {
                    NpgsqlConnection.ClearAllPools();
                    return victim == Victim.Backend
                        ? await PostgresProcess.AnyBackendAsync(system.Database)
                        : await PostgresProcess.PostmasterAsync(system.Database);
                }
                catch (NpgsqlException)
                {
                    return 0;
                }
            },
            process => process > 0, "PostgreSQL serves somebody", TimeSpan.FromSeconds(30)),
    };
}
