using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace PayLinks.Tests.Ledgers;

/// <summary>Something that a client was told of a link.</summary>
/// <param name="Link">Public id, or the token of its page.</param>
/// <param name="Status">A link's status, or what its page offered: <c>payable</c>, <c>ended</c>.</param>
/// <param name="Asked">When the request left.</param>
/// <param name="Heard">When the answer was there.</param>
internal sealed record Telling(string Link, string Status, string By, long Asked, long Heard);

/// <summary>A notice that was posted to the merchant's program.</summary>
/// <param name="Event">The event's public id.</param>
/// <param name="IsTaken">Whether it was answered as Standard Webhooks want it, or not at all or otherwise.</param>
internal sealed record HeardNotice(string Url, string Event, bool IsSigned, bool IsTaken);

/// <summary>
/// The first ledger: what clients were told, kept by the HTTP clients of the tests as the answers come, and by the
/// merchant's programs as notices do.
/// </summary>
public sealed class Told
{
    private readonly ConcurrentQueue<Telling> _tellings = [];
    private readonly ConcurrentDictionary<string, string> _linkByToken = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> _linksByKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _programs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<HeardNotice> _notices = [];
    private readonly ConcurrentQueue<string> _failures = [];

    internal IEnumerable<Telling> Tellings => _tellings.Select(telling =>
        telling with { Link = _linkByToken.GetValueOrDefault(telling.Link, telling.Link) });

    /// <summary>The links that a client was answered for one Idempotency-Key: all one, or something is wrong.</summary>
    internal IEnumerable<(string Key, IReadOnlyList<string> Links)> LinksByKey =>
        _linksByKey.Select(pair => (pair.Key, (IReadOnlyList<string>)[.. pair.Value.Distinct(StringComparer.Ordinal)]));

    internal IReadOnlyCollection<HeardNotice> Notices => _notices;

    /// <summary>What was asked and got no answer, or one from 500 up, whether or not it was asked again.</summary>
    internal IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Listens to a client. What it is answered is read and passed on unchanged.</summary>
    public HttpMessageHandler ListenTo(HttpMessageHandler inner) => new Listener(this, inner);

    internal void Tell(Telling telling) => _tellings.Enqueue(telling);

    /// <summary>Everything that is posted to this address from now on will be <see cref="Hear"/>d.</summary>
    internal void ListenAt(string url) => _programs[url] = true;

    internal bool ListensAt(string url) => _programs.ContainsKey(url);

    internal void Hear(HeardNotice notice) => _notices.Enqueue(notice);

    private void ReadLink(JsonElement link, HttpRequestMessage request, bool isReplay, long asked)
    {
        if (link.ValueKind != JsonValueKind.Object
            || !link.TryGetProperty("id", out var id) || !link.TryGetProperty("status", out var status)
            || id.ToString() is not { } name || !name.StartsWith("pl_", StringComparison.Ordinal))
        {
            return;
        }

        if (link.TryGetProperty("url", out var url))
        {
            _linkByToken[TokenOf(new Uri(url.ToString()).AbsolutePath)!] = name;
        }

        if (request.Headers.TryGetValues("Idempotency-Key", out var keys)
            && request.RequestUri!.AbsolutePath == "/v1/links")
        {
            _linksByKey.GetOrAdd(keys.Single(), _ => []).Add(name);
        }

        // An answer that is repeated for its key says how things stood the first time.
        if (!isReplay)
        {
            Tell(new Telling(
                name, status.ToString(), $"{request.Method} {request.RequestUri!.AbsolutePath}", asked,
                Stopwatch.GetTimestamp()));
        }
    }

    private void ReadPage(string token, HttpRequestMessage request, HttpResponseMessage answer, string body, long asked)
    {
        var path = request.RequestUri!.AbsolutePath;
        var status = path.EndsWith("/status", StringComparison.Ordinal)
            ? JsonElement.Parse(body).GetProperty("status").ToString()
            : answer.StatusCode == System.Net.HttpStatusCode.Gone ? "ended"
            : body.Contains("/pay\"", StringComparison.Ordinal) ? "payable"
            : null;
        if (status is not null)
        {
            // The token is a secret, also in what a failed test prints.
            Tell(new Telling(token, status, "the customer's page", asked, Stopwatch.GetTimestamp()));
        }
    }

    private static string? TokenOf(string path) =>
        path.Split('/') is ["", "p", var token, ..] && token.Length > 0 ? token : null;

    private sealed class Listener(Told told, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = Stopwatch.GetTimestamp();
            var path = request.RequestUri!.AbsolutePath;
            var answer = await SendOrNoteAsync(request, path, cancellationToken);
            var kind = answer.Content.Headers.ContentType?.MediaType;
            if (TokenOf(path) is { } token && request.Method == HttpMethod.Get && kind is "text/html"
                or "application/json" && (int)answer.StatusCode is 200 or 410)
            {
                told.ReadPage(
                    token, request, answer, await answer.Content.ReadAsStringAsync(cancellationToken), asked);
            }
            else if (path.StartsWith("/v1/links", StringComparison.Ordinal) && kind == "application/json"
                && answer.IsSuccessStatusCode)
            {
                var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
                var links = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("data", out var data)
                    ? data.EnumerateArray().ToList()
                    : [body];
                var isReplay = answer.Headers.Contains("Idempotent-Replayed");
                links.ForEach(link => told.ReadLink(link, request, isReplay, asked));
            }

            return answer;
        }

        private async Task<HttpResponseMessage> SendOrNoteAsync(
            HttpRequestMessage request, string path, CancellationToken cancellationToken)
        {
            // The token in a page's address is a secret, also here.
            var what = $"{request.Method} {(TokenOf(path) is { } token ? path.Replace(token, "…") : path)}";
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if ((int)answer.StatusCode >= 500)
                {
                    told._failures.Enqueue($"{what}: {(int)answer.StatusCode}");
                }

                return answer;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                told._failures.Enqueue($"{what}: {error.Message}");
                throw;
            }
        }
    }
}
