using System.Globalization;

namespace PayLinks.Bench;

/// <summary>How many requests are answered when 32 connections ask as fast as they get answers.</summary>
/// <param name="prepare">Makes what is asked for.</param>
/// <param name="limitSql">The bare program's statement for <c>pgbench</c>: what PostgreSQL alone would do.</param>
internal sealed class LoadCase(
    string name, string meaning, Func<ISubject, Task<Load>> prepare, Func<Installation, string> limitSql) : ICase
{
    // Hosts that have just been started compile themselves more than they answer, the longer the busier they are; later
    // rounds meet with warm ones.
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(6);

    private readonly HashSet<ISubject> _warm = [];

    public string Name => name;

    public string Meaning => meaning;

    public async Task<Result> RunAsync(ISubject subject, Installation installation)
    {
        await subject.StartApiAsync();
        var load = await prepare(subject);
        await Wrk.RunAsync(load, _warm.Add(subject) ? FirstWarmUp : WarmUp);
        var cpu = Cpu.Of(subject.ApiProcess) + Cpu.OfPostgres(installation.Postmaster);
        var answers = await Wrk.RunAsync(load, Measured);
        var used = Cpu.Of(subject.ApiProcess) + Cpu.OfPostgres(installation.Postmaster) - cpu;
        return new Result
        {
            PerSecond = answers.PerSecond,
            P50 = answers.P50,
            P99 = answers.P99,
            Cpu = used / answers.Count,
        };
    }

    public async Task<Result?> FindLimitAsync(Installation installation)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, limitSql(installation));
            var cpu = Cpu.OfPostgres(installation.Postmaster);
            var said = await Tool.RunAsync(
                "pgbench", installation.PostgresVariables,
                "-n", "-M", "prepared", "-c", "32", "-j", "2", "-f", script,
                "-T", Measured.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
            var used = Cpu.OfPostgres(installation.Postmaster) - cpu;
            return new Result
            {
                PerSecond = Tool.Number(said, @"tps = ([0-9.]+)"),
                Cpu = used / Tool.Number(said, @"actually processed: ([0-9]+)"),
            };
        }
        finally
        {
            File.Delete(script);
        }
    }
}
