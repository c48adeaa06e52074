using System.Net;
using System.Net.ServerSentEvents;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>The stream as a program reads it.</summary>
internal sealed class FeedStream : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private FeedStream(HttpClient http, HttpResponseMessage response, Stream body)
    {
        (_http, _response) = (http, response);
        _items = SseParser.Create(body).EnumerateAsync(_patience.Token).GetAsyncEnumerator();
    }

    /// <param name="url">The API to ask, if there are several.</param>
    public static async Task<FeedStream> OpenAsync(
        TestSystem system, string key, string? last = null, string? url = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(url ?? system.ApiUrl) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/events/stream");
        request.Headers.Add("Authorization", "Bearer " + key);
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        return new FeedStream(http, response, await response.Content.ReadAsStreamAsync());
    }

    public async Task<SseItem<string>> NextAsync()
    {
        Assert.That(await _items.MoveNextAsync(), Is.True, "the stream has ended");
        return _items.Current;
    }

    public async Task<bool> EndsAsync() => !await _items.MoveNextAsync();

    public async ValueTask DisposeAsync()
    {
        // Not the enumerator: it waits for a read that only the end of the connection ends.
        await _patience.CancelAsync();
        _response.Dispose();
        _http.Dispose();
        _patience.Dispose();
    }
}
