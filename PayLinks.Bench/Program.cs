using System.Globalization;

namespace PayLinks.Bench;

/// <summary>
/// What <c>./bench.sh</c> runs: each case for PayLinks and for the bare programs that do the least there is to do, in
/// turn, round after round.
/// </summary>
public static class Program
{
    private static readonly IReadOnlyList<ICase> Cases =
    [
        new IdleCase(), new MailingCase(), new DrainCase(TimeSpan.FromMilliseconds(20)), new DrainCase(TimeSpan.Zero),
    ];

    public static async Task<int> Main(string[] args)
    {
        if (args is [BareApi.Command, .. var apiSettings])
        {
            await BareApi.RunAsync(apiSettings);
            return 0;
        }

        if (args is [BareWorker.Command, .. var workerSettings])
        {
            await BareWorker.RunAsync(workerSettings);
            return 0;
        }

        var cases = args.Length == 0 ? Cases : [.. Cases.Where(one => args.Contains(one.Name, StringComparer.Ordinal))];
        if (cases.Count < Math.Max(1, args.Length))
        {
            await Console.Error.WriteLineAsync($"The cases are: {string.Join(' ', Cases.Select(one => one.Name))}");
            return 2;
        }

        var report = await RunAsync(cases, Number("PAYLINKS_BENCH_ROUNDS", 3));
        Console.WriteLine();
        Console.Write(report.Table());
        var file = Environment.GetEnvironmentVariable("PAYLINKS_BENCH_REPORT") ?? "bench.json";
        await File.WriteAllTextAsync(file, report.Json());
        Console.WriteLine($"\nAll rounds: {file}");
        return 0;
    }

    private static async Task<Report> RunAsync(IReadOnlyList<ICase> cases, int rounds)
    {
        await using var stub = await StubTwilio.StartAsync();
        await using var installation = await Installation.SetUpAsync(stub);
        await using var bare = new BareSubject(installation);
        await using var paylinks = new PayLinksSubject(installation);
        ISubject[] subjects = [bare, paylinks];
        var report = new Report();
        foreach (var one in cases)
        {
            for (var round = 1; round <= rounds; round++)
            {
                // In turn, so that a bad minute of the machine is shared.
                foreach (var subject in subjects)
                {
                    var result = await one.RunAsync(subject, installation);
                    await subject.ForgetAsync();
                    report.Add(one, subject, result);
                    Console.WriteLine($"{one.Name}, round {round} of {rounds}, {subject.Name}: {result}");
                }
            }
        }

        return report;
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
