using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PayLinks.Tests.Torture;

/// <summary>The line does to its callers what it says.</summary>
public sealed class FaultProxyTests
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(300);

    private TcpListener _echo = null!;
    private FaultProxy _proxy = null!;

    [SetUp]
    public void Start()
    {
        _echo = new TcpListener(IPAddress.Loopback, 0);
        _echo.Start();
        _ = EchoAsync();
        _proxy = new FaultProxy(((IPEndPoint)_echo.LocalEndpoint).Port, seed: 1);
    }

    [TearDown]
    public async Task Stop()
    {
        await _proxy.DisposeAsync();
        _echo.Dispose();
    }

    [Test]
    public async Task A_sound_line_carries_everything_both_ways()
    {
        using var caller = await CallAsync();

        Assert.That(await SayAsync(caller, length: 100_000), Is.EqualTo(100_000));
    }

    [Test]
    public async Task A_slow_line_carries_everything_later()
    {
        _proxy.Fault = LineFault.Latency;
        using var caller = await CallAsync();
        var began = Stopwatch.GetTimestamp();

        Assert.That(await SayAsync(caller, length: 10), Is.EqualTo(10));
        Assert.That(Stopwatch.GetElapsedTime(began), Is.GreaterThan(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public async Task A_line_that_breaks_resets_its_callers()
    {
        using var caller = await CallAsync();
        await SayAsync(caller, length: 1);
        _proxy.Fault = LineFault.Reset;

        Assert.That(
            async () => await SayAsync(caller, length: 1),
            Throws.InstanceOf<SocketException>().With.Property("SocketErrorCode").EqualTo(SocketError.ConnectionReset));
    }

    [Test]
    public async Task A_line_that_closes_ends_without_a_word()
    {
        using var caller = await CallAsync();
        _proxy.Fault = LineFault.Close;

        Assert.That(await SayAsync(caller, length: 1), Is.Zero);
    }

    [Test]
    public async Task A_black_hole_answers_nothing_until_it_closes_and_then_the_line_is_lost()
    {
        _proxy.Fault = LineFault.BlackHole;
        using var caller = await CallAsync();
        var answer = SayAsync(caller, length: 1);

        Assert.That(async () => await answer.WaitAsync(Shortly), Throws.InstanceOf<TimeoutException>());
        _proxy.Fault = LineFault.None;
        Assert.That(await answer, Is.Zero);
        using var next = await CallAsync();
        Assert.That(await SayAsync(next, length: 1), Is.EqualTo(1));
    }

    [Test]
    public async Task A_trickling_line_gives_a_byte_a_second_until_it_is_sound_again()
    {
        _proxy.Fault = LineFault.Trickle;
        using var caller = await CallAsync();
        var answer = SayAsync(caller, length: 1000);

        Assert.That(async () => await answer.WaitAsync(Shortly), Throws.InstanceOf<TimeoutException>());
        _proxy.Fault = LineFault.None;
        Assert.That(await answer, Is.EqualTo(1000));
    }

    private async Task<Socket> CallAsync()
    {
        var caller = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return caller;
    }

    /// <returns>How many bytes came back before the line ended or all were there.</returns>
    private static async Task<int> SayAsync(Socket caller, int length)
    {
        var sending = caller.SendAsync(new byte[length]);
        var buffer = new byte[length];
        var received = 0;
        while (received < length && await caller.ReceiveAsync(buffer) is > 0 and var more)
        {
            received += more;
        }

        await sending;
        return received;
    }

    private async Task EchoAsync()
    {
        while (true)
        {
            var caller = await _echo.AcceptSocketAsync();
            _ = Task.Run(async () =>
            {
                using var stream = new NetworkStream(caller, ownsSocket: true);
                await stream.CopyToAsync(stream);
            });
        }
    }
}
