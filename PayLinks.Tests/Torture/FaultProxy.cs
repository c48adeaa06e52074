using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PayLinks.Tests.Torture;

internal enum LineFault
{
    None,

    /// <summary>Each piece arrives a random time later, up to half a second.</summary>
    Latency,

    /// <summary>Connections break off with a reset, at once or at their next byte.</summary>
    Reset,

    /// <summary>Bytes are taken and never arrive; nobody is told.</summary>
    BlackHole,

    /// <summary>One byte a second.</summary>
    Trickle,

    /// <summary>Connections are closed politely in the middle of whatever they carry.</summary>
    Close,
}

/// <summary>
/// A line between two programs on loopback that a test can make ill: every connection through it suffers the fault that
/// stands, old ones too. Chance comes from a seed.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TricklePause = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly Random _chance;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<Task, byte> _lines = [];
    private readonly Task _accepting;
    private CancellationTokenSource _change = new();
    private volatile LineFault _fault;

    public FaultProxy(int targetPort, int seed)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _chance = new Random(seed);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>The fault that stands; whoever waits under the one before goes on under this.</summary>
    public LineFault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_lines.Keys);
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                var line = CarryAsync(await _listener.AcceptSocketAsync(_over.Token));
                _lines.TryAdd(line, 0);
                _ = line.ContinueWith(
                    ended => _lines.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.None,
                    TaskScheduler.Default);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // A caller that hung up before we took the call; or the end.
            }
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        using (near)
        {
            try
            {
                near.NoDelay = far.NoDelay = true;
                await far.ConnectAsync(_target, ends.Token);
                await Task.WhenAny(PumpAsync(near, far, ends.Token), PumpAsync(far, near, ends.Token));
            }
            catch (Exception error) when (IsEnd(error))
            {
                // Nobody answers there.
            }

            await ends.CancelAsync();
        }
    }

    // Ends when either side has, and the line with it; half-open lines are what the black hole is for.
    private async Task PumpAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var length)
            {
                if (!await PassAsync(from, to, buffer.AsMemory(0, length), cancellationToken))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The line is dead, which is all that its ends will notice.
        }
    }

    private async Task<bool> PassAsync(
        Socket from, Socket to, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        while (piece.Length > 0)
        {
            var changed = Volatile.Read(ref _change).Token;
            var length = piece.Length;
            switch (_fault)
            {
                case LineFault.Latency:
                    await WaitAsync(LatencyMax * Chance(), changed, cancellationToken);
                    break;
                case LineFault.Trickle:
                    length = 1;
                    await WaitAsync(TricklePause, changed, cancellationToken);
                    break;
                case LineFault.BlackHole:
                    await WaitAsync(Timeout.InfiniteTimeSpan, changed, cancellationToken);
                    return false; // What vanished does not come back: the line is lost when the hole closes.
                case LineFault.Reset:
                    from.Close(0);
                    to.Close(0);
                    return false;
                case LineFault.Close:
                    return false;
            }

            await to.SendAsync(piece[..length], cancellationToken);
            piece = piece[length..];
        }

        return true;
    }

    private double Chance()
    {
        lock (_chance)
        {
            return _chance.NextDouble();
        }
    }

    private static async Task WaitAsync(TimeSpan wait, CancellationToken changed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(changed, cancellationToken);
        using var timer = new CancellationTokenSource(wait);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(either.Token, timer.Token);
        var waited = new TaskCompletionSource();
        await using (all.Token.Register(waited.SetResult))
        {
            await waited.Task;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private static bool IsEnd(Exception error) =>
        error is SocketException or OperationCanceledException or ObjectDisposedException;
}
