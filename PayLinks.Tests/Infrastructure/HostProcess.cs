using System.Diagnostics;

namespace PayLinks.Tests.Infrastructure;

/// <summary>One of our hosts as a process of its own, so that it can be killed as a power cut does.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    /// <summary>Starts what the build made of the project, with the arguments that <see cref="TestSystem"/>
    /// gives.</summary>
    public static HostProcess Start(string project, IReadOnlyList<string> arguments)
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

        var process = Process.Start(start)!;
        // A pipe that nobody reads would stop the host when it is full.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new HostProcess(process);
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
