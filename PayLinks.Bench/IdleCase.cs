using System.Diagnostics;

namespace PayLinks.Bench;

/// <summary>Ten links a second, and nothing else to do: how long until the provider is asked to send each.</summary>
internal sealed class IdleCase : ICase
{
    private const int Links = 150;

    // Hosts that have just been started compile themselves and plan statements more than they work; a desk's have been
    // up for hours. After these, as many as are measured go ahead of them at the same pace.
    private const int Before = 1000;

    public string Name => "send-idle";

    public string Meaning => "create → request at the provider, 10 a second";

    public async Task<Result> RunAsync(ISubject subject, Installation installation)
    {
        installation.Stub.Delay = TimeSpan.Zero;
        await subject.StartApiAsync();
        await using var worker = subject.StartWorker();
        var before = installation.Stub.AwaitCount(Before);
        await DrainCase.QueueAsync(subject, installation, Before);
        await before;
        await SendAsync(subject, installation, Links);
        var times = await SendAsync(subject, installation, Links);
        return new Result { P50 = Percentile.Of(times, 50), P99 = Percentile.Of(times, 99) };
    }

    /// <summary>Makes links at ten a second, whether or not those before have arrived.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> SendAsync(
        ISubject subject, Installation installation, int links)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var under = new List<Task<TimeSpan>>();
        while (under.Count < links && await timer.WaitForNextTickAsync())
        {
            under.Add(SendOneAsync(subject, installation));
        }

        return await Task.WhenAll(under);
    }

    private static async Task<TimeSpan> SendOneAsync(ISubject subject, Installation installation)
    {
        var phone = installation.NextPhone();
        var arrival = installation.Stub.Await(phone);
        var began = Stopwatch.GetTimestamp();
        await subject.CreateAsync(phone);
        return Stopwatch.GetElapsedTime(began, await arrival);
    }
}
