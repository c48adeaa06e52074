using System.Threading.Channels;

namespace PayLinks.Worker;

/// <summary>
/// Work that goes on side by side, across passes and up to a limit: a slow piece holds its own place, not the pass it
/// began in.
/// </summary>
internal sealed class InFlight
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    private readonly int _places;
    private readonly Channel<bool> _free = Channel.CreateUnbounded<bool>();

    public InFlight(int places)
    {
        _places = places;
        GiveBack(places);
    }

    /// <summary>Waits for a free place and takes as many as are free then.</summary>
    /// <returns>At least 1, at most <paramref name="most"/>.</returns>
    public async Task<int> TakeAsync(int most, CancellationToken cancellationToken)
    {
        await _free.Reader.ReadAsync(cancellationToken);
        return 1 + TakeFree(most - 1);
    }

    /// <summary>Gives back places that were taken and are not needed, or no longer.</summary>
    public void GiveBack(int places)
    {
        for (var i = 0; i < places; i++)
        {
            _free.Writer.TryWrite(true);
        }
    }

    /// <summary>
    /// One pass of a job: takes the places that are free, leases no more than that and begins to work on it.
    /// </summary>
    /// <param name="lease">Leases up to so many pieces of work.</param>
    /// <param name="work">Does one piece; handles its own errors.</param>
    /// <returns>True when all places were filled, so that there may be more.</returns>
    public async Task<bool> FillAsync<T>(
        Func<int, CancellationToken, Task<IReadOnlyList<T>>> lease,
        Func<T, Task> work,
        CancellationToken cancellationToken)
    {
        var places = await TakeAsync(_places, cancellationToken);
        var started = 0;
        try
        {
            if (places < _places / 2)
            {
                // The next ones are free within moments: leasing them together costs what leasing one does.
                await Task.Delay(Gather, cancellationToken);
                places += TakeFree(_places - places);
            }

            var leased = await lease(places, cancellationToken);
            foreach (var piece in leased)
            {
                _ = RunAsync(() => work(piece));
                started++;
            }

            return started == places;
        }
        finally
        {
            GiveBack(places - started);
        }
    }

    /// <summary>Completes when all work that was begun has ended.</summary>
    public async Task FinishAsync()
    {
        for (var i = 0; i < _places; i++)
        {
            await _free.Reader.ReadAsync();
        }

        GiveBack(_places);
    }

    private int TakeFree(int most)
    {
        var taken = 0;
        while (taken < most && _free.Reader.TryRead(out _))
        {
            taken++;
        }

        return taken;
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await Task.Run(work);
        }
        finally
        {
            GiveBack(1);
        }
    }
}
