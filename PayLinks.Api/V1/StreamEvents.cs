using System.Text;
using System.Text.Json;
using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Api.Health;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

/// <summary>
/// The feed as it happens (Server-Sent Events), with the same bodies. Each event's id is its own, so a program that
/// comes back with <c>Last-Event-ID</c> goes on without a gap; without one it begins with what happens next.
/// </summary>
internal static class StreamEvents
{
    private const int PageSize = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);

    public static async Task<IResult> HandleAsync(
        HttpContext context, ApiCaller caller, ApiKeys keys, NpgsqlDataSource database, ReadLinks links,
        FeedHints hints, OpenStreams streams, TimeProvider clock, Drain drain)
    {
        var query = new QueryReader(context.Request);
        var after = query.Text("after");
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var stream = new Stream(context, caller, keys, database, links, clock);
        // Before the place is read, so that nothing that happens from then on goes without a hint.
        using var subscription = hints.Subscribe(caller.Actor.MerchantId);
        if (await stream.StartAsync(last.Length > 0 ? last : after) is not { } place)
        {
            return new Problem(ProblemCodes.InvalidQuery)
            {
                Errors = [new FieldError(last.Length > 0 ? "/Last-Event-ID" : "/after", FieldCodes.CursorInvalid)],
            };
        }

        // A host that shuts down must not wait for who follows; they reconnect to another, or to the next.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(drain.Over, context.RequestAborted);
        if (!streams.TryTake(caller.KeyId))
        {
            return new Problem(ProblemCodes.TooManyRequests) { RetryAfter = BeatEvery };
        }

        try
        {
            await stream.RunAsync(place, subscription, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // They have gone, or we go.
        }
        finally
        {
            streams.GiveBack(caller.KeyId);
        }

        return Results.Empty;
    }

    private sealed record Stream(
        HttpContext Context, ApiCaller Caller, ApiKeys Keys, NpgsqlDataSource Database, ReadLinks Links,
        TimeProvider Clock)
    {
        /// <summary>Null if the id is of no event of this caller's.</summary>
        public async Task<FeedPlace?> StartAsync(string? after)
        {
            await using var transaction = await BeginAsync(Context.RequestAborted);
            return after is null
                ? await transaction.FeedPlaceAsync()
                : await GetEvents.PlaceAsync(transaction, Caller.Actor, after);
        }

        public async Task RunAsync(
            FeedPlace place, FeedHints.Subscription hints, CancellationToken cancellationToken)
        {
            Context.Response.ContentType = "text/event-stream";
            Context.Response.Headers.CacheControl = "no-store";
            Context.Response.Headers["X-Accel-Buffering"] = "no";
            await WriteAsync("retry: 1000\n: ready\n\n", cancellationToken);
            var beaten = Clock.GetTimestamp();
            // A key that was revoked opens no stream any more, and keeps none open.
            while (await MayStayAsync(cancellationToken))
            {
                var (told, hasMore) = await TellAsync(place, cancellationToken);
                place = told;
                if (Clock.GetElapsedTime(beaten) >= BeatEvery)
                {
                    beaten = Clock.GetTimestamp();
                    await WriteAsync(": beat\n\n", cancellationToken);
                }

                await hints.WaitAsync(hasMore ? LookAgain : LookEvery, Clock, cancellationToken);
            }
        }

        /// <returns>The last place told, and whether there are events that are not settled yet.</returns>
        private async Task<(FeedPlace Place, bool HasMore)> TellAsync(
            FeedPlace place, CancellationToken cancellationToken)
        {
            while (true)
            {
                IReadOnlyList<FeedEvent> events;
                IReadOnlyList<LinkEventAnswer> bodies;
                await using (var transaction = await BeginAsync(cancellationToken))
                {
                    events = await transaction.ReadFeedAsync(Caller.Actor, place, PageSize, patience: null);
                    bodies = await GetEvents.RenderAsync(
                        transaction, Links, [.. events.TakeWhile(next => next.IsSettled)]);
                }

                var text = new StringBuilder();
                foreach (var body in bodies)
                {
                    var json = JsonSerializer.Serialize(body, WireJson.Wire.LinkEventAnswer);
                    text.Append("id: ").Append(body.Id).Append("\ndata: ").Append(json).Append("\n\n");
                }

                if (bodies.Count > 0)
                {
                    await WriteAsync(text.ToString(), cancellationToken);
                    place = events[bodies.Count - 1].Place;
                }

                if (bodies.Count < PageSize)
                {
                    return (place, events.Count > bodies.Count);
                }
            }
        }

        private async Task<bool> MayStayAsync(CancellationToken cancellationToken) =>
            await Keys.FindAsync(ApiKeyGate.KeyOf(Context.Request), cancellationToken) is { } now
            && now.Scopes.Contains(Scopes.EventsRead, StringComparer.Ordinal);

        private Task<MerchantTransaction> BeginAsync(CancellationToken cancellationToken) =>
            Database.BeginAsync(Caller.Actor.MerchantId, cancellationToken);

        private async Task WriteAsync(string text, CancellationToken cancellationToken)
        {
            await Context.Response.WriteAsync(text, cancellationToken);
            await Context.Response.Body.FlushAsync(cancellationToken);
        }
    }
}
