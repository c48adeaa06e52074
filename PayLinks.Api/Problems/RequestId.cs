using PayLinks.Core;

namespace PayLinks.Api.Problems;

/// <summary>Gives every request an id of ours, in the answer, in problems and on each of its log lines.</summary>
internal sealed class RequestId(RequestDelegate next, TimeProvider clock, ILogger<RequestId> logger)
{
    private const string Header = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var id = PublicId.Format("req", Guid.CreateVersion7(clock.GetUtcNow()));
        context.TraceIdentifier = id;
        // When the answer starts, because an error handler clears what was set before.
        context.Response.OnStarting(
            static state =>
            {
                var started = (HttpContext)state;
                started.Response.Headers[Header] = started.TraceIdentifier;
                return Task.CompletedTask;
            },
            context);
        using (logger.BeginScope(new RequestScope(id)))
        {
            await next(context);
        }
    }

    private sealed class RequestScope(string id) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] => new("requestId", id);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => id;
    }
}
