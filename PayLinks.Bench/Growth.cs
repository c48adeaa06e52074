using System.Globalization;
using System.Text;
using Dapper;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>
/// What reading costs while the table of links grows: the same requests at each size, beside what the merchant's lists,
/// searches and sums took when there were few.
/// </summary>
internal sealed class Growth(Installation installation, PayLinksSubject paylinks)
{
    public const string Command = "growth";

    private const int Leases = 40;
    private const int Lease = 100;
    private const int Queued = 500;

    private static readonly string LeaseSql =
        $"""
        select count(*) from lease_messages('sms', {Lease}, interval '12 s', 30000, 30000, 30000, 30000)
        """;

    private const string QueueSql =
        """
        update message m
        set status = 'queued', accepted_at = null, finished_at = null, due_at = paylinks_now()
        from (
            select merchant_id, id from link where status = 'open' and not unsent order by random() limit @Queued) l
        where m.merchant_id = l.merchant_id and m.link_id = l.id
        """;

    private const string UnqueueSql =
        """
        update message set status = 'delivered', accepted_at = created_at, finished_at = created_at
        where status = 'queued'
        """;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    /// <returns>A table, a row for each kind of request and a column for each size.</returns>
    public async Task<string> RunAsync(IReadOnlyList<int> sizes)
    {
        var fill = new FillLinks(installation);
        var rows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        await paylinks.StartApiAsync();
        var cookie = await StaffSession.CookieAsync(installation);
        foreach (var size in sizes)
        {
            var began = TimeProvider.System.GetTimestamp();
            await fill.FillToAsync(size);
            var took = TimeProvider.System.GetElapsedTime(began);
            Note("filled in", $"{took.TotalSeconds:0} s", size);
            if (size == sizes[0])
            {
                // An API that has just been started compiles itself more than it works.
                foreach (var (_, load) in Loads(fill, cookie))
                {
                    await Wrk.RunAsync(load, Measured);
                }
            }

            foreach (var (name, load) in Loads(fill, cookie))
            {
                await Wrk.RunAsync(load, WarmUp);
                var cpu = Cpu.Of(paylinks.ApiProcess) + Cpu.OfPostgres(installation.Postmaster);
                var answers = await Wrk.RunAsync(load, Measured);
                var used = Cpu.Of(paylinks.ApiProcess) + Cpu.OfPostgres(installation.Postmaster) - cpu;
                Note(
                    name,
                    $"{answers.PerSecond:0}/s, {(used / answers.Count).TotalMicroseconds:0} µs, p99 "
                    + $"{answers.P99.TotalMilliseconds:0.0} ms",
                    size);
            }

            Note($"lease {Lease} messages", $"{(await LeaseAsync()).TotalMilliseconds:0.0} ms", size);
        }

        return Table(sizes, rows);

        void Note(string name, string found, int size)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size:N0} links, {name}: {found}"));
            if (!rows.TryGetValue(name, out var row))
            {
                rows[name] = row = [];
            }

            row.Add(found);
        }
    }

    private IEnumerable<(string Name, Load Load)> Loads(FillLinks fill, string cookie)
    {
        yield return ("open a link", Get([.. fill.Tokens.Select(token => $"/p/{token}")]));
        yield return ("list 50", Get("/v1/links?limit=50"));
        foreach (var status in new[] { "open", "paid", "expired", "canceled" })
        {
            yield return ($"list 50 {status}", Get($"/v1/links?limit=50&status={status}"));
        }

        yield return ("list 50 since yesterday", Get($"/v1/links?limit=50&createdFrom={DaysAgo(1)}"));
        yield return ("list 50 until a year ago", Get($"/v1/links?limit=50&createdTo={DaysAgo(365)}"));
        yield return ("by reference", Get([.. fill.References.Select(one => $"/v1/links?reference={one}")]));
        yield return ("by phone", Get([.. fill.Phones.Select(one => $"/v1/links?phone=%2B{one[1..]}")]));
        yield return ("search a reference", Get([.. fill.References.Select(one => $"/v1/links?q={one}")]));
        yield return ("search a number's end", Get([.. fill.Phones.Select(one => $"/v1/links?q={one[^7..]}")]));
        yield return ("search what many have", Get("/v1/links?q=anna"));
        yield return ("takings of 30 days", Get("/v1/takings"));
        var staff = new Dictionary<string, string>(StringComparer.Ordinal) { ["Cookie"] = cookie };
        yield return ("console: the newest", Get("/links") with { Headers = staff });
        yield return ("console: sent by email", Get("/links?channel=email") with { Headers = staff });
        yield return ("console: sent to nobody", Get("/links?channel=none") with { Headers = staff });
    }

    private Load Get(params IReadOnlyList<string> paths) => paylinks.Load(paths);

    private static string DaysAgo(int days) => string.Create(
        CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow().AddDays(-days):yyyy-MM-dd'T'HH:mm:ss'Z'}");

    private async Task<TimeSpan> LeaseAsync()
    {
        // Whoever owns the tables sees all merchants' messages; the application would queue none.
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await connection.OpenAsync();
        // Committed, because what a row refers to is looked up again where the same transaction has written the row.
        await connection.ExecuteAsync(QueueSql, new { Queued }, commandTimeout: 0);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Leases; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var began = TimeProvider.System.GetTimestamp();
            var leased = await connection.ExecuteScalarAsync<long>(LeaseSql);
            times.Add(TimeProvider.System.GetElapsedTime(began));
            if (leased < Lease)
            {
                throw new InvalidOperationException($"{leased} messages were leased instead of {Lease}.");
            }
        }

        // So that the next size finds no more in its queue than this one.
        await connection.ExecuteAsync(UnqueueSql, commandTimeout: 0);
        return Percentile.Of(times, 50);
    }

    private static string Table(IReadOnlyList<int> sizes, Dictionary<string, List<string>> rows)
    {
        var table = new StringBuilder("| what |");
        foreach (var size in sizes)
        {
            table.Append(CultureInfo.InvariantCulture, $" {size:N0} links |");
        }

        table.AppendLine().Append("|---|").AppendLine(string.Concat(sizes.Select(_ => "--:|")));
        foreach (var (name, row) in rows)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", row)} |");
        }

        return table.ToString();
    }
}
