using PayLinks.Core.Database;

namespace PayLinks.Worker;

/// <summary>
/// Runs one job for as long as the host lives: as soon as it is woken, and every so often in case nobody woke it. Each
/// job has a loop of its own, so that none waits for another.
/// </summary>
internal sealed partial class JobLoop : BackgroundService
{
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    private readonly IJob _job;
    private readonly TimeProvider _clock;
    private readonly ILogger<JobLoop> _logger;
    private TaskCompletionSource _woken = NewSignal();

    public JobLoop(IJob job, DatabaseListener listener, TimeProvider clock, ILogger<JobLoop> logger)
    {
        _job = job;
        _clock = clock;
        _logger = logger;
        job.Again = Wake;
        listener.Heard += (channel, word) =>
        {
            // No word at all means that hints may have been missed.
            if (word.Length == 0 || word == job.WokenBy || channel == job.WokenBy)
            {
                Wake();
            }
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the pass, so that a wake-up during the pass leads to another one.
            var woken = NewSignal();
            Volatile.Write(ref _woken, woken);
            TimeSpan pause;
            try
            {
                var hasMore = await _job.RunOnceAsync(stoppingToken);
                failures = 0;
                if (hasMore)
                {
                    continue;
                }

                pause = _job.Every;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever goes wrong in a pass, the next must come: its work is still there.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFailed(_logger, error, _job.Name);
                pause = PauseAfter(++failures);
                woken = NewSignal(); // Nobody raises this one: the pause is kept.
            }

            using var waited = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(woken.Task, Task.Delay(pause, _clock, waited.Token));
            await waited.CancelAsync();
        }

        await _job.FinishAsync();
    }

    // Doubling from half a second, each time a little different, so that several workers do not come back together.
    private static TimeSpan PauseAfter(int failures)
    {
        var pause = TimeSpan.FromMilliseconds(500L << Math.Min(failures, 6));
        pause = pause < PauseMax ? pause : PauseMax;
        return pause + TimeSpan.FromTicks(Random.Shared.NextInt64(pause.Ticks / 5));
    }

    private void Wake() => Volatile.Read(ref _woken).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Error, Message = "A pass of {Job} failed; the next one comes after a pause")]
    private static partial void LogFailed(ILogger logger, Exception error, string job);
}
