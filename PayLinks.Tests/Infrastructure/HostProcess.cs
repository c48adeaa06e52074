using System.Collections.Concurrent;
using System.Diagnostics;

namespace PayLinks.Tests.Infrastructure;

/// <summary>One of our hosts as a process of its own, so that it can be killed as a power cut does.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _complaints = [];

    private HostProcess(Process process, Action<string>? hear)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => hear?.Invoke(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _complaints.Enqueue(line.Data ?? "");
        // A pipe that nobody reads would stop the host when it is full.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote to standard error.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Starts what the build made of the project, with the arguments that <see cref="TestSystem"/>
    /// gives.</summary>
    /// <param name="environment">Variables that it gets besides ours.</param>
    /// <param name="hear">Gets what it logs, line by line.</param>
    public static HostProcess Start(
        string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null,
        Action<string>? hear = null)
    {
        // …/PayLinks.Tests/bin/Debug/net10.0/ has the same last two folders as every other project.
        var ours = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(SourceTree.Root, project, "bin", ours.Parent!.Name, ours.Name);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(folder, project + ".dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!, hear);
    }

    /// <summary>Completes when it has ended, and all it wrote to standard error has been read.</summary>
    public Task ExitAsync(CancellationToken cancellationToken = default) =>
        _process.WaitForExitAsync(cancellationToken);

    /// <summary>Waits until it ends by itself, and returns what it ends with.</summary>
    public async Task<int> WaitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await ExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as <c>kill -9</c> does, in the middle of whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
