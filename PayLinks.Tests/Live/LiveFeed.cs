using System.Net;
using System.Net.ServerSentEvents;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Live;

/// <summary>A stream as a browser holds it: reads one event after the other, and knows where it stopped.</summary>
public sealed class LiveFeed : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private LiveFeed(HttpClient http, HttpResponseMessage response, Stream body)
    {
        _http = http;
        _response = response;
        _events = SseParser.Create(body).EnumerateAsync(_patience.Token).GetAsyncEnumerator(_patience.Token);
    }

    /// <summary>The id of the last event read.</summary>
    public string Place { get; private set; } = "";

    /// <param name="place">What the browser sends as <c>Last-Event-ID</c>.</param>
    /// <param name="url">The API to ask, if there are several.</param>
    public static async Task<LiveFeed> OpenAsync(
        TestSystem system, Customer browser, string? place = null, string? url = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(url ?? system.ApiUrl) };
        var request = new HttpRequestMessage(HttpMethod.Get, "/live");
        request.Headers.Add("Cookie", $"__Host-paylinks={browser.Cookie("__Host-paylinks")}");
        if (place is not null)
        {
            request.Headers.Add("Last-Event-ID", place);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        var stream = new LiveFeed(http, response, await response.Content.ReadAsStreamAsync());
        Assert.That(await stream.NextAsync("ready"), Is.Not.Null);
        return stream;
    }

    /// <summary>The data of the next event of this type, or null when the stream ends before.</summary>
    public async Task<string?> NextAsync(string type)
    {
        while (await _events.MoveNextAsync())
        {
            Place = _events.Current.EventId ?? Place;
            if (_events.Current.EventType == type)
            {
                return _events.Current.Data;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        // Not the enumerator: it waits for a read that only the end of the connection ends.
        await _patience.CancelAsync();
        _response.Dispose();
        _http.Dispose();
        _patience.Dispose();
    }
}
