using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace PayLinks.Tests.Sandbox;

/// <summary>One callback as it came in, byte for byte.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public Dictionary<string, string> Form =>
        QueryHelpers.ParseQuery(Text).ToDictionary(part => part.Key, part => part.Value.ToString());
}

/// <summary>
/// Stands where PayLinks will stand: takes callbacks and answers them with a status of the test's choice.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>What every callback is answered with.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public IReadOnlyList<Received> At(string path) => [.. _received.Where(callback => callback.Path == path)];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        receiver.Url = SandboxHost.AddressOf(app);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        _received.Enqueue(
            new Received(http.Request.Path + http.Request.QueryString.ToString(), headers, body.ToArray()));
        http.Response.StatusCode = Status;
    }
}
