using System.Text;
using PayLinks.Api.Links;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Idempotency;

/// <summary>An answer as it is kept for who repeats the request: sealed, because it holds a link's address.</summary>
internal static class KeptAnswer
{
    // The first line is the location.
    public static byte[] Seal(Vault vault, Actor actor, string key, Reply.Kept kept)
    {
        byte[] answer = [.. Encoding.UTF8.GetBytes(kept.Location + "\n"), .. kept.Body];
        return vault.Seal(answer, IdempotencyKey.Purpose(actor.MerchantId, actor.Mode, key));
    }

    public static IResult Open(Vault vault, Actor actor, string key, int status, byte[] cipher)
    {
        var answer = vault.Open(cipher, IdempotencyKey.Purpose(actor.MerchantId, actor.Mode, key));
        var lineEnd = answer.AsSpan().IndexOf((byte)'\n');
        var location = lineEnd == 0 ? null : Encoding.UTF8.GetString(answer, 0, lineEnd);
        return new JsonAnswer(status, answer.AsMemory(lineEnd + 1), location, IsReplay: true);
    }

    /// <summary>The work has been committed: who waits for it is woken, and the first caller gets the answer.</summary>
    public static IResult Committed(Reply.Kept kept)
    {
        kept.Committed();
        FailPoint.Fail("answer.kept");
        return new JsonAnswer(kept.Status, kept.Body, kept.Location, IsReplay: false);
    }

    private sealed record JsonAnswer(int Status, ReadOnlyMemory<byte> Body, string? Location, bool IsReplay) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Status;
            response.ContentType = "application/json";
            response.ContentLength = Body.Length;
            response.Headers.Location = Location;
            if (IsReplay)
            {
                response.Headers[IdempotencyKey.ReplayedHeader] = "true";
            }

            return response.BodyWriter.WriteAsync(Body, httpContext.RequestAborted).AsTask();
        }
    }
}
