using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace PayLinks.Bench;

/// <summary>Answers as Twilio does, after a delay, and knows when each phone's message arrived.</summary>
internal sealed class StubTwilio : IAsyncDisposable
{
    public static readonly string Account = "AC" + new string('0', 32);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _awaited = new(StringComparer.Ordinal);
    private readonly Lock _counting = new();
    private readonly List<(int Count, TaskCompletionSource<long> Reached)> _counts = [];
    private int _arrived;

    private StubTwilio(WebApplication app) => _app = app;

    public TimeSpan Delay { get; set; }

    public string Url => _app.Urls.Single();

    public static async Task<StubTwilio> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new StubTwilio(app);
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", stub.ReceiveAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>Completes with the timestamp at which this phone's message arrived.</summary>
    public Task<long> Await(string phone) => _awaited.GetOrAdd(phone, _ => NewSignal()).Task;

    /// <summary>Completes with the timestamp at which so many messages had arrived, counted from now.</summary>
    public Task<long> AwaitCount(int count)
    {
        var reached = NewSignal();
        lock (_counting)
        {
            _counts.Add((_arrived + count, reached));
        }

        return reached.Task;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(string account, HttpRequest request)
    {
        var at = Stopwatch.GetTimestamp();
        var form = await request.ReadFormAsync();
        var to = form["To"].ToString();
        if (_awaited.TryRemove(to, out var arrival))
        {
            arrival.TrySetResult(at);
        }

        Count(at);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay);
        }

        return Results.Json(
            new
            {
                sid = $"SM{Guid.CreateVersion7():N}",
                account_sid = account,
                api_version = "2010-04-01",
                to,
                from = form["From"].ToString(),
                body = form["Body"].ToString(),
                status = "queued",
                direction = "outbound-api",
                num_segments = "1",
                error_code = (int?)null,
                error_message = (string?)null,
            },
            statusCode: StatusCodes.Status201Created);
    }

    private void Count(long at)
    {
        lock (_counting)
        {
            _arrived++;
            foreach (var (_, reached) in _counts.Where(wanted => wanted.Count == _arrived))
            {
                reached.TrySetResult(at);
            }

            _counts.RemoveAll(wanted => wanted.Count <= _arrived);
        }
    }

    private static TaskCompletionSource<long> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
