using System.Diagnostics;

namespace PayLinks.Bench;

/// <summary>One of the programs, as a process of its own.</summary>
internal sealed class Hosted : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private Hosted(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts an assembly with settings as arguments.</summary>
    public static Hosted Start(string assembly, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            UseShellExecute = false,
        };
        start.ArgumentList.Add(assembly);
        foreach (var (name, value) in settings)
        {
            start.ArgumentList.Add(value.Length == 0 ? name : $"--{name}={value}");
        }

        return new Hosted(Process.Start(start)!);
    }

    /// <summary>Ends it as systemd does, and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
