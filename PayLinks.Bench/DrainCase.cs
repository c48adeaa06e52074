using System.Diagnostics;

namespace PayLinks.Bench;

/// <summary>5,000 queued messages: how fast they get out, and what each costs.</summary>
/// <param name="delay">How long the provider takes for each.</param>
internal sealed class DrainCase(TimeSpan delay) : ICase
{
    private const int Messages = 5000;

    // A worker that has just been started compiles itself more than it sends.
    private const int Before = 2;

    public string Name => $"drain-{delay.TotalMilliseconds:0}ms";

    public string Meaning => $"drain 5,000 messages, a provider that takes {delay.TotalMilliseconds:0} ms";

    public async Task<Result> RunAsync(ISubject subject, Installation installation)
    {
        installation.Stub.Delay = delay;
        await subject.StartApiAsync();
        await QueueAsync(subject, installation, Messages);
        await using var worker = subject.StartWorker();
        for (var i = 0; i < Before; i++)
        {
            await WaitUntilWrittenAsync(subject);
            await subject.QueueAgainAsync();
        }

        await WaitUntilWrittenAsync(subject);
        var first = installation.Stub.AwaitCount(1);
        var last = installation.Stub.AwaitCount(Messages);
        await subject.QueueAgainAsync();
        var began = await first;
        var cpu = Cpu.Of(worker.Id) + Cpu.OfPostgres(installation.Postmaster);
        var ended = await last;
        await WaitUntilWrittenAsync(subject);
        var used = Cpu.Of(worker.Id) + Cpu.OfPostgres(installation.Postmaster) - cpu;
        return new Result
        {
            PerSecond = (Messages - 1) / Stopwatch.GetElapsedTime(began, ended).TotalSeconds,
            Cpu = used / Messages,
        };
    }

    /// <summary>Makes so many links, 16 at a time, with nobody to send them.</summary>
    public static Task QueueAsync(ISubject subject, Installation installation, int links) => Parallel.ForAsync(
        0, links, new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (_, _) => await subject.CreateAsync(installation.NextPhone()));

    private static async Task WaitUntilWrittenAsync(ISubject subject)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await subject.CountSentAsync() < Messages)
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
