using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Torture;

namespace PayLinks.Tests.Scale;

/// <summary>
/// A worker stands still in the middle of sending, for longer than it may keep what it has taken; then it goes on.
/// </summary>
internal sealed class FrozenWorker(TestSystem system, Fleet fleet, Shop shop, Findings findings) : IScenario
{
    private const int Texts = 12;

    // The others are done with theirs by then; what is still being sent is the frozen one's.
    private static readonly TimeSpan OthersAreDone = TimeSpan.FromSeconds(5);

    // Together longer than Sending:LeaseSeconds, and than a provider is waited for.
    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(10);

    private const string HeldSql =
        """
        select count(*)::int from message where status = 'sending' and lease_started_at < now() - interval '4 seconds'
        """;

    public async Task RunAsync(CancellationToken until)
    {
        for (var turn = 0; !until.IsCancellationRequested; turn++)
        {
            var worker = fleet.Workers[turn % fleet.Workers.Count].Host;
            // The provider takes its time, so that all workers have texts under way.
            await system.Sandbox.FailAsync("twilio", "createMessage", "slow", Texts, seconds: 3);
            await Task.WhenAll(Enumerable.Range(0, Texts).Select(_ => shop.CreateAsync("sms")));
            await Eventually.SeesAsync(
                () => system.Database.ReadAsync<int>("select count(*)::int from message where status = 'sending'"),
                sending => sending > 0, "texts are being sent");
            await worker.SignalAsync("STOP");
            findings.Count("workers frozen for 15 s");
            await WaitAsync(OthersAreDone);
            findings.Count("texts that a frozen worker held", await system.Database.ReadAsync<int>(HeldSql));
            await WaitAsync(Longer);
            findings.Count(
                "of them still held when it thawed", await system.Database.ReadAsync<int>(HeldSql));
            await worker.SignalAsync("CONT");
        }

        findings.Expect(
            findings.Counts.GetValueOrDefault("texts that a frozen worker held") > 0, "no frozen worker held a text");
    }

    private static async Task WaitAsync(TimeSpan pause)
    {
        using var timer = new PeriodicTimer(pause);
        await timer.WaitForNextTickAsync();
    }
}
