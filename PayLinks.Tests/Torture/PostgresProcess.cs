using System.Diagnostics;
using System.Globalization;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>PostgreSQL's processes by their numbers.</summary>
internal static class PostgresProcess
{
    /// <summary>One that serves somebody else's connection.</summary>
    public static Task<int> AnyBackendAsync(TestDatabase database) => database.ReadAsync<int>(
        "select pid from pg_stat_activity where datname = @Name and pid <> pg_backend_pid() limit 1", database);

    /// <summary>The one that has started all others.</summary>
    public static async Task<int> PostmasterAsync(TestDatabase database)
    {
        var child = await AnyBackendAsync(database);
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "ppid=", "-p", $"{child}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        return int.Parse(await ps.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }
}
