using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace PayLinks.Bench;

/// <summary>
/// A busy shop for an hour: links are made and sent, opened, paid, listed, searched and added up at a steady pace, and
/// what API and worker hold of the memory is noted meanwhile. It must not grow.
/// </summary>
internal sealed class SteadyLoad(Installation installation, PayLinksSubject paylinks) : IDisposable
{
    public const string Command = "hour";

    private const int TicksPerSecond = 10;
    private const int TicksPerMinute = 60 * TicksPerSecond;
    private const int TicksPerPayment = 5;
    private const int TicksPerQuestion = 2;
    private const int MinutesPerNote = 5;

    private static readonly string[] Questions =
        ["/v1/links?limit=50", "/v1/links?q=anna", "/v1/links?limit=50&status=paid", "/v1/takings"];

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(installation.ApiUrl),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", installation.ApiKey) },
    };

    private int _answers;
    private int _failures;

    /// <returns>A table, a row for each five minutes.</returns>
    public async Task<string> RunAsync(int minutes)
    {
        var ticks = minutes * TicksPerMinute;
        await paylinks.StartApiAsync();
        // A link's token is its payment's callback key, too.
        var secrets = await paylinks.FillAsync((ticks / TicksPerPayment) + 1, havePayments: true);
        await using var worker = paylinks.StartWorker();
        var table = new StringBuilder()
            .AppendLine("| minute | API | worker | answers | failures |").AppendLine("|--:|--:|--:|--:|--:|");
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / TicksPerSecond);
        for (var tick = 0; tick <= ticks; tick++)
        {
            await timer.WaitForNextTickAsync();
            _ = AskAsync(() => paylinks.CreateAsync(installation.NextPhone()));
            _ = AskAsync(() => GetAsync($"/p/{secrets[tick % secrets.Count]}"));
            if (tick % TicksPerPayment == 0)
            {
                _ = AskAsync(() => CallBackAsync(secrets, tick / TicksPerPayment));
            }

            if (tick % TicksPerQuestion == 0)
            {
                _ = AskAsync(() => GetAsync(Questions[tick / TicksPerQuestion % Questions.Length]));
            }

            if (tick == TicksPerMinute || tick % (MinutesPerNote * TicksPerMinute) == 0)
            {
                Console.WriteLine(Note(tick / TicksPerMinute, worker));
                table.AppendLine(Note(tick / TicksPerMinute, worker));
            }
        }

        return table.ToString();
    }

    public void Dispose() => _http.Dispose();

    private string Note(int minute, Hosted worker) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {minute} | {Memory.MiBOf(paylinks.ApiProcess):0} MiB | {Memory.MiBOf(worker.Id):0} MiB | {_answers} | "
        + $"{_failures} |");

    private async Task AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            Interlocked.Increment(ref _answers);
        }
        // Too late is as bad as not at all.
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref _failures);
            Console.WriteLine(error.Message);
        }
    }

    private async Task GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task CallBackAsync(IReadOnlyList<string> secrets, int place)
    {
        using var form = new FormUrlEncodedContent([new KeyValuePair<string, string>("id", $"tr_{place + 1}")]);
        using var answer = await _http.PostAsync($"/callbacks/mollie/{secrets[place]}", form);
        answer.EnsureSuccessStatusCode();
    }
}
