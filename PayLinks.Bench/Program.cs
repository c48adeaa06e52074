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
        new LoadCase("create", "create", subject => subject.LoadCreatingAsync(), to => SameRows.Script(to.Merchant)),
        new LoadCase("open", "open", subject => subject.LoadOpeningAsync(), _ => SamePage.Script()),
        new LoadCase("list", "list 50", subject => subject.LoadListingAsync(), to => SameList.Script(to.Merchant)),
        new LoadCase(
            "callback", "take a callback", subject => subject.LoadCallingBackAsync(FewLinks.Number),
            _ => SameCallback.Script()),
        new SettleCase(),
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

        if (args is [Growth.Command, .. var sizes])
        {
            var links = sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
            await AloneAsync((installation, paylinks) => new Growth(installation, paylinks)
                .RunAsync(links.Count > 0 ? links : [10_000, 100_000, 1_000_000]));
            return 0;
        }

        if (args is [Footprint.Command])
        {
            await AloneAsync((installation, _) => new Footprint(installation).RunAsync());
            return 0;
        }

        if (args is [SteadyLoad.Command, .. var minutes])
        {
            var span = minutes is [var wanted] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 60;
            await AloneAsync(async (installation, paylinks) =>
            {
                using var load = new SteadyLoad(installation, paylinks);
                return await load.RunAsync(span);
            });
            return 0;
        }

        var cases = args.Length == 0 ? Cases : [.. Cases.Where(one => args.Contains(one.Name, StringComparer.Ordinal))];
        if (cases.Count < Math.Max(1, args.Length))
        {
            await Console.Error.WriteLineAsync(
                $"The cases are: {string.Join(' ', Cases.Select(one => one.Name))}, or {Growth.Command} [links…], "
                + $"{Footprint.Command}, {SteadyLoad.Command} [minutes]");
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
        await using var stub = await StubProviders.StartAsync();
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
                    Add(await one.RunAsync(subject, installation), subject.Name);
                    if (subject == bare && await one.FindLimitAsync(installation) is { } limit)
                    {
                        Add(limit, Subjects.PostgresAlone);
                    }

                    await installation.ForgetAsync();

                    void Add(Result result, string name)
                    {
                        report.Add(one, name, result);
                        Console.WriteLine($"{one.Name}, round {round} of {rounds}, {name}: {result}");
                    }
                }
            }
        }

        return report;
    }

    /// <summary>For PayLinks without anything beside it.</summary>
    private static async Task AloneAsync(Func<Installation, PayLinksSubject, Task<string>> measure)
    {
        await using var stub = await StubProviders.StartAsync();
        await using var installation = await Installation.SetUpAsync(stub);
        await using var paylinks = new PayLinksSubject(installation);
        var table = await measure(installation, paylinks);
        Console.WriteLine();
        Console.Write(table);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
