using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace PayLinks.Bench;

/// <summary>
/// Answers as Twilio does, after a delay, and knows when each phone's message arrived. As SendGrid and Mollie at once:
/// every email is taken, every payment is paid.
/// </summary>
internal sealed class StubProviders : IAsyncDisposable
{
    public static readonly string Account = "AC" + new string('0', 32);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _awaited = new(StringComparer.Ordinal);
    private readonly Lock _counting = new();
    private readonly List<(int Count, TaskCompletionSource<long> Reached)> _counts = [];
    private int _arrived;

    private StubProviders(WebApplication app) => _app = app;

    public TimeSpan Delay { get; set; }

    public string Url => _app.Urls.Single();

    public static async Task<StubProviders> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new StubProviders(app);
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", stub.ReceiveAsync);
        app.MapPost("/v3/mail/send", (HttpResponse response) =>
        {
            response.Headers["X-Message-Id"] = $"{Guid.CreateVersion7():N}";
            return Results.Accepted();
        });
        app.MapGet("/v2/payments/{id}", (string id) => Results.Json(Paid(id)));
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

    private static object Paid(string id)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new
        {
            resource = "payment",
            id,
            mode = "test",
            createdAt = now,
            paidAt = now,
            amount = new { value = "49.90", currency = "EUR" },
            amountRefunded = new { value = "0.00", currency = "EUR" },
            description = "Ordine 1042: trapano",
            method = "creditcard",
            status = "paid",
            profileId = "pfl_bench",
            metadata = new { link = "pl_1", payment = "pay_1" },
            details = new { cardNumber = "6787", cardLabel = "Visa", cardHolder = "Anna", cardAudience = "consumer" },
            _links = new
            {
                self = new { href = $"https://api.mollie.com/v2/payments/{id}", type = "application/hal+json" },
            },
        };
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
