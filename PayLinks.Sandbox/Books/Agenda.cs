namespace PayLinks.Sandbox.Books;

/// <summary>
/// What is to happen when, by the sandbox's clock: payments expire, refunds move on, callbacks are repeated.
/// Kept in memory only; after a restart it is written anew from the books.
/// </summary>
internal sealed partial class Agenda : BackgroundService
{
    // A single wait may be at most this long, as timers take no more than some weeks.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly SandboxClock _clock;
    private readonly ILogger<Agenda> _logger;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset Due, long Order)> _entries = new();
    private readonly SemaphoreSlim _changed = new(0);
    private long _order;

    public Agenda(SandboxClock clock, ILogger<Agenda> logger)
    {
        _clock = clock;
        _logger = logger;
        _clock.Moved += OnClockMoved;
    }

    public void At(DateTimeOffset due, Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            _entries.Enqueue(work, (due, _order++));
        }

        Wake();
    }

    public void At(DateTimeOffset due, Action work) => At(due, _ =>
    {
        work();
        return Task.CompletedTask;
    });

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    public override void Dispose()
    {
        _clock.Moved -= OnClockMoved;
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (due, wait) = TakeDue();
            foreach (var work in due)
            {
                _ = RunAsync(work, stoppingToken);
            }

            if (due.Count == 0)
            {
                await _changed.WaitAsync(wait, stoppingToken);
            }
        }
    }

    private (List<Func<CancellationToken, Task>> Due, TimeSpan Wait) TakeDue()
    {
        var due = new List<Func<CancellationToken, Task>>();
        lock (_gate)
        {
            var now = _clock.Now;
            while (_entries.TryPeek(out _, out var next))
            {
                if (next.Due > now)
                {
                    var wait = next.Due - now + TimeSpan.FromMilliseconds(1);
                    return (due, wait < LongestWait ? wait : LongestWait);
                }

                due.Add(_entries.Dequeue());
            }
        }

        return (due, LongestWait);
    }

    private async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The books hold what was under way; the next start takes it up again.
        }
#pragma warning disable CA1031 // One broken entry must not stop the agenda for everybody else; the log shows it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroken(_logger, exception);
        }
    }

    private void OnClockMoved(object? sender, EventArgs e) => Wake();

    private void Wake()
    {
        try
        {
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // The host is stopping; nothing waits any more.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An entry of the agenda failed")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
