using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using PayLinks.Core.Notices;

namespace PayLinks.Worker.Notices;

/// <summary>What came of one post.</summary>
/// <param name="SentAt">As signed.</param>
/// <param name="Status">The answer's status, where one came.</param>
/// <param name="Answer">The beginning of the answer's body.</param>
internal sealed record Posted(
    NoticeOutcome Outcome, DateTimeOffset SentAt, TimeSpan Latency, int? Status = null, byte[]? Answer = null);

/// <summary>Posts a notice to its endpoint: once, following nothing, and not for long.</summary>
internal sealed class PostNotice(
    IHttpClientFactory clients, NoticeAddresses addresses, NoticeOptions options, TimeProvider clock)
{
    public const string HttpName = "notices";

    private const int StatusMin = 100;
    private const int ReadMax = 64 * 1024;
    private const int KeptMax = 2 * 1024;

    /// <param name="id">The event's public id.</param>
    public async Task<Posted> ExecuteAsync(string url, string id, byte[] body, IEnumerable<string> secrets)
    {
        var (sentAt, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        Posted Ended(NoticeOutcome outcome) => new(outcome, sentAt, clock.GetElapsedTime(started));

        // Asked again, because the rule may have changed since the endpoint was made.
        if (!addresses.Allows(url))
        {
            return Ended(NoticeOutcome.Blocked);
        }

        using var deadline = new CancellationTokenSource(options.Exchange, clock);
        try
        {
            using var request = Request(url, id, sentAt.ToUnixTimeSeconds(), body, secrets);
            using var http = clients.CreateClient(HttpName);
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if ((int)response.StatusCode < StatusMin)
            {
                // HttpClient lets it through, but it is no HTTP; the log could not hold it.
                return Ended(NoticeOutcome.Unreachable);
            }

            var answer = await ReadAsync(response, deadline.Token);
            return Ended(OutcomeOf(response)) with { Status = (int)response.StatusCode, Answer = answer };
        }
        catch (OperationCanceledException)
        {
            return Ended(NoticeOutcome.Timeout);
        }
        catch (HttpRequestException error)
        {
            return Ended(error.InnerException is BlockedAddressException
                ? NoticeOutcome.Blocked
                : NoticeOutcome.Unreachable);
        }
    }

    private static HttpRequestMessage Request(
        string url, string id, long timestamp, byte[] body, IEnumerable<string> secrets)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PayLinks", "1"));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", SignNotice.Header(id, timestamp, body, secrets));
        return request;
    }

    private static NoticeOutcome OutcomeOf(HttpResponseMessage response) => response switch
    {
        { IsSuccessStatusCode: true } => NoticeOutcome.Delivered,
        { StatusCode: HttpStatusCode.Gone } => NoticeOutcome.Gone,
        _ => NoticeOutcome.Refused,
    };

    // The status has been said: a body that does not end, or breaks off, changes nothing but the log.
    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadMax);
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            while (length < ReadMax
                && (read = await stream.ReadAsync(buffer.AsMemory(length, ReadMax - length), cancellationToken)) > 0)
            {
                length += read;
            }

            return buffer[..Math.Min(length, KeptMax)];
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            return buffer[..Math.Min(length, KeptMax)];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
