using System.Security.Cryptography;
using System.Text;
using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Control;

namespace PayLinks.Sandbox.Mollie;

/// <summary>
/// Mollie's Idempotency-Key on POST: within an hour the first answer again, 400 for another request with the same key,
/// 409 while the first is still under way.
/// </summary>
internal sealed class IdempotencyFilter(Ledger books, SandboxClock clock) : IEndpointFilter
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly Dictionary<string, string> _underWay = [];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method))
        {
            return await AnswerAsync(context, next);
        }

        var id = $"{http.Profile}|{key}";
        var hash = Hash(http.Request, await http.ReadBodyAsync());
        if (Begin(id, hash) is { } instead)
        {
            return instead;
        }

        Answer? answer = null;
        try
        {
            return answer = (Answer?)await AnswerAsync(context, next);
        }
        finally
        {
            End(id, hash, answer);
        }
    }

    private static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        await FaultFilter.WaitIfSlowAsync(context.HttpContext);
        return answer;
    }

    /// <summary>Takes the key for this request, or says what to answer instead.</summary>
    private Answer? Begin(string id, string hash) => books.Do(b =>
    {
        if (_underWay.TryGetValue(id, out var other))
        {
            return other == hash
                ? MollieError.Conflict("A request with the same idempotency key is still being processed.")
                : OtherRequest();
        }

        if (b.KeptAnswers.TryFind(id, out var kept) && clock.Now - kept.At < KeptFor)
        {
            return kept.RequestHash == hash
                ? new Answer(kept.Status, kept.ContentType, kept.Body, Answer.Empty(0).Headers)
                    .With("Idempotent-Replayed", "true")
                : OtherRequest();
        }

        _underWay[id] = hash;
        return null;
    });

    private void End(string id, string hash, Answer? answer) => books.Do(b =>
    {
        _underWay.Remove(id);
        if (answer is null or { Status: >= 500 or 409 or 429 })
        {
            // Nothing was done, so that the same request may well be tried again.
            return;
        }

        // A key used anew goes to the end, so that the oldest are always in front.
        b.KeptAnswers.Remove(id);
        b.KeptAnswers.Put(new KeptAnswer(id, hash, answer.Status, answer.ContentType, answer.Body, clock.Now));
        while (b.KeptAnswers.OldestFirst().FirstOrDefault() is { } oldest && clock.Now - oldest.At >= KeptFor)
        {
            b.KeptAnswers.Remove(oldest.Id);
        }
    });

    private static Answer OtherRequest() =>
        MollieError.BadRequest("The idempotency key was already used for another request.");

    private static string Hash(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body);
        return Convert.ToHexString(hash.GetCurrentHash());
    }
}
