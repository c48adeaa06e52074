using System.Diagnostics;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>A host that is started anew whenever it dies, as systemd does it.</summary>
internal sealed class Supervised : IAsyncDisposable
{
    private readonly Func<HostProcess> _start;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _watch;
    private volatile HostProcess _running;

    /// <param name="environment">Asked at each start for the variables that it gets besides ours.</param>
    /// <param name="hear">Gets what it logs, line by line, from one start to the next.</param>
    public Supervised(
        string project, IReadOnlyList<string> arguments,
        Func<IReadOnlyDictionary<string, string>>? environment = null, Action<string>? hear = null)
    {
        _start = () => HostProcess.Start(project, arguments, environment?.Invoke(), hear);
        _running = _start();
        _watch = WatchAsync();
    }

    /// <summary>Raised when it has died, with all that it said, before it is started again.</summary>
    public event Action<HostProcess>? Died;

    public HostProcess Running => _running;

    /// <summary>Sends SIGSTOP or SIGCONT, or any other signal, to the process as it is now.</summary>
    public Task SignalAsync(string signal) => SignalAsync(_running.Id, signal);

    /// <summary>Sends a signal to one process by its number; one that is gone needs none.</summary>
    public static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it as <c>kill -9</c> does; it is started again.</summary>
    public Task KillAsync() => SignalAsync("KILL");

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watch;
        _running.Dispose();
        _over.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _running.ExitAsync(_over.Token);
                Died?.Invoke(_running);
                _running.Dispose();
                _running = _start();
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever disposes of this ends the process as well.
        }
    }
}
