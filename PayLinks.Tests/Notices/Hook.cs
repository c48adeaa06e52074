using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PayLinks.Tests.Sandbox;

namespace PayLinks.Tests.Notices;

/// <summary>A notice as the merchant's program received it.</summary>
internal sealed record Told(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public long Timestamp => long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Signatures => Headers["webhook-signature"].Split(' ');

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    public override string ToString() => $"{Path} {Id} {Type}";
}

/// <summary>
/// The merchant's program that is told of events. It behaves as the path says, or as it is told for each notice.
/// </summary>
internal sealed class Hook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<Told, string> _behave;
    private readonly ConcurrentQueue<Told> _told = new();
    private readonly CancellationTokenSource _end = new();

    private Hook(WebApplication app, Func<Told, string> behave)
    {
        _app = app;
        _behave = behave;
    }

    public string Url { get; private set; } = "";

    public IReadOnlyList<Told> All => [.. _told];

    /// <param name="certificate">Makes it speak https.</param>
    /// <param name="behave">Says for each notice as which path to behave.</param>
    public static async Task<Hook> StartAsync(
        X509Certificate2? certificate = null, Func<Told, string>? behave = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var hook = new Hook(app, behave ?? (told => told.Path));
        app.Run(hook.TakeAsync);
        await app.StartAsync();
        hook.Url = SandboxHost.AddressOf(app);
        return hook;
    }

    public IReadOnlyList<Told> At(string path) => [.. _told.Where(told => told.Path == path)];

    /// <summary>Waits until so many have come in at the path.</summary>
    public Task<IReadOnlyList<Told>> WaitForAsync(string path, int count, TimeSpan? within = null) =>
        Eventually.SeesAsync(
            () => Task.FromResult(At(path)), told => told.Count >= count, $"{count} notices at {path}", within);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        var told = new Told(http.Request.Path.ToString(), headers, body.ToArray());
        _told.Enqueue(told);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, http.RequestAborted);
        try
        {
            await AnswerAsync(http, _behave(told), told.Body, either.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever posted has gone, or the test is over.
        }
    }

    private async Task AnswerAsync(HttpContext http, string path, byte[] body, CancellationToken cancellationToken)
    {
        var words = path.Trim('/').Split('/');
        switch (words[0])
        {
            case "status":
                http.Response.StatusCode = int.Parse(words[1], CultureInfo.InvariantCulture);
                http.Response.Headers.Location = Url + "/elsewhere";
                break;
            case "hang":
                await ForEverAsync(cancellationToken);
                break;
            case "reset":
                http.Abort();
                break;
            case "endless":
                var chunk = Encoding.ASCII.GetBytes(new string('x', 1024));
                while (true)
                {
                    await http.Response.Body.WriteAsync(chunk, cancellationToken);
                    await http.Response.Body.FlushAsync(cancellationToken);
                }

            case "drip":
                await http.Response.WriteAsync("at first", cancellationToken);
                await http.Response.Body.FlushAsync(cancellationToken);
                await ForEverAsync(cancellationToken);
                break;
            case "headers":
                http.Response.Headers["X-Long"] = new string('x', 20_000);
                break;
            case "bomb":
                http.Response.Headers.ContentEncoding = "gzip";
                await http.Response.Body.WriteAsync(GzipBomb.Value, cancellationToken);
                break;
            case "echo":
                await http.Response.Body.WriteAsync(body, cancellationToken);
                break;
            default:
                await http.Response.WriteAsync("thanks", cancellationToken);
                break;
        }
    }

    private static Task ForEverAsync(CancellationToken cancellationToken) =>
        new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    /// <summary>10 MB of nothing in a few KB.</summary>
    private static readonly Lazy<byte[]> GzipBomb = new(() =>
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(
            packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[10 * 1024 * 1024]);
        }

        return packed.ToArray();
    });
}
