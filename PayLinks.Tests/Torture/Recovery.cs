using System.Collections.Concurrent;
using System.Diagnostics;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>How long it takes after a kill until texts get out again: that takes API, database and worker.</summary>
internal sealed class Recovery(Shop shop)
{
    private readonly ConcurrentQueue<TimeSpan> _times = [];
    private readonly ConcurrentQueue<TimeSpan> _takeover = [];
    private readonly ConcurrentQueue<string> _unresolved = [];
    private readonly ConcurrentBag<Task> _probes = [];

    /// <summary>From a kill until a text that was asked for right after it was at the provider.</summary>
    public IReadOnlyList<TimeSpan> Times => [.. _times];

    /// <summary>From the kill of a worker until a text that it was sending was known to be sent.</summary>
    public IReadOnlyList<TimeSpan> Takeover => [.. _takeover];

    public IReadOnlyCollection<string> Unresolved => _unresolved;

    /// <summary>Begins to measure, and lets the caller go on.</summary>
    public void Begin() => _probes.Add(MeasureAsync(sending: null));

    /// <param name="sending">A link whose text was being sent by the worker that has just been killed.</param>
    public async Task MeasureAsync(Link? sending)
    {
        var killed = Stopwatch.GetTimestamp();
        try
        {
            await Task.WhenAll(
                AwaitAsync(await shop.CreateAsync("sms"), killed, _times),
                sending is null ? Task.CompletedTask : AwaitAsync(sending, killed, _takeover));
        }
        catch (AssertionException impatient)
        {
            _unresolved.Enqueue(impatient.Message);
        }
    }

    /// <summary>Completes when all that was begun has been measured.</summary>
    public Task EndAsync() => Task.WhenAll(_probes);

    private async Task AwaitAsync(Link link, long since, ConcurrentQueue<TimeSpan> times)
    {
        await shop.WaitAsync(link, "sent", seen => seen.Messages.Single().Status is "accepted" or "delivered");
        times.Enqueue(Stopwatch.GetElapsedTime(since));
    }
}
