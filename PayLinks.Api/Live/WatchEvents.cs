using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Api.Health;
using PayLinks.Api.Outages;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Live;

/// <summary>What a screen is told: look at this link again, or whose outages there are.</summary>
public sealed record LiveEvent
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Sequence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>The names of the providers, separated by spaces.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outages { get; init; }
}

/// <summary>
/// The merchant's events as they happen (Server-Sent Events). Each carries its place as id, so a browser that comes
/// back with <c>Last-Event-ID</c>, or a tab that takes over with <c>after</c>, goes on without a gap.
/// </summary>
internal static class WatchEvents
{
    private const int PageSize = 1000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    public static ServerSentEventsResult<LiveEvent?> Handle(
        HttpContext context, Staff staff, string? after, NpgsqlDataSource database, Sessions sessions, FeedHints hints,
        CurrentOutages outages, TimeProvider clock, Drain drain)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        FeedPlace? start = FeedPlace.TryParse(last.Length > 0 ? last : after, out var place) ? place : null;
        // A host that shuts down must not wait for its screens; they reconnect to another, or to the next.
        return TypedResults.ServerSentEvents(
            WatchAsync(
                new Watch(staff, database, sessions, hints, outages, clock), start, drain.Over,
                context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<LiveEvent?>> WatchAsync(
        Watch watch, FeedPlace? start, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using var hints = watch.Hints.Subscribe(watch.Staff.MerchantId);
        var place = start ?? await watch.PlaceAsync(end.Token);
        // Told before it was settled: it keeps the place where it is, and is not told twice.
        var told = new HashSet<Guid>();
        // Tells the browser at once that it is connected, and from where to go on.
        yield return Item("ready", place, null);

        var beaten = watch.Clock.GetTimestamp();
        var asked = beaten;
        string? outages = null;
        while (await watch.ReadAsync(place, end.Token) is { } events)
        {
            var isSettled = true;
            foreach (var happened in events)
            {
                isSettled &= happened.IsSettled;
                place = isSettled ? happened.Place : place;
                var isNews = isSettled ? !told.Remove(happened.Place.Event) : told.Add(happened.Place.Event);
                if (isNews)
                {
                    var link = PublicId.Format(PublicId.Link, happened.LinkId);
                    yield return Item(
                        "link", place,
                        new LiveEvent { Link = link, Sequence = happened.Sequence, Type = happened.Type });
                }
            }

            // Told at the beginning too: the page may have been made before an outage began, or ended.
            if (await watch.OutagesAsync(end.Token) is { } current && current != outages)
            {
                outages = current;
                yield return Item("outages", place, new LiveEvent { Outages = outages });
            }

            if (watch.Clock.GetElapsedTime(beaten) >= BeatEvery)
            {
                beaten = watch.Clock.GetTimestamp();
                yield return Item("beat", place, null);
            }

            if (watch.Clock.GetElapsedTime(asked) >= LookEvery)
            {
                asked = watch.Clock.GetTimestamp();
                if (!await watch.IsSignedInAsync(end.Token))
                {
                    yield return Item("ended", place, null);
                    yield break;
                }
            }

            if (!await watch.WaitAsync(hints, LookEvery, end.Token))
            {
                yield break;
            }
        }
    }

    private static SseItem<LiveEvent?> Item(string type, FeedPlace place, LiveEvent? happened) =>
        new(happened, type) { EventId = place.ToString(), ReconnectionInterval = ReconnectAfter };

    private sealed record Watch(
        Staff Staff, NpgsqlDataSource Database, Sessions Sessions, FeedHints Hints, CurrentOutages Outages,
        TimeProvider Clock)
    {
        public async Task<FeedPlace> PlaceAsync(CancellationToken cancellationToken)
        {
            await using var transaction = await Database.BeginAsync(Staff.MerchantId, cancellationToken);
            return await transaction.FeedPlaceAsync();
        }

        /// <summary>Null when the screen has gone.</summary>
        public async Task<IReadOnlyList<FeedEvent>?> ReadAsync(FeedPlace after, CancellationToken cancellationToken)
        {
            try
            {
                await using var transaction = await Database.BeginAsync(Staff.MerchantId, cancellationToken);
                return await transaction.ReadFeedAsync(Staff.Actor, after, PageSize, ReadFeed.ScreenPatience);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        /// <summary>Null when the screen has gone.</summary>
        public async Task<string?> OutagesAsync(CancellationToken cancellationToken)
        {
            try
            {
                return string.Join(
                    ' ', (await Outages.ReadAsync(cancellationToken)).Select(provider => provider.ToText()));
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        // Signed out, disabled, run out, or given another role: in each case the stream they opened is no longer
        // theirs.
        public async Task<bool> IsSignedInAsync(CancellationToken cancellationToken) =>
            await Sessions.FindAsync(Staff.SessionKey, Staff.MerchantId, onlyWatches: true, cancellationToken)
                is { Staff: { } now } && now.Role == Staff.Role;

        public async Task<bool> WaitAsync(
            FeedHints.Subscription hints, TimeSpan atMost, CancellationToken cancellationToken)
        {
            try
            {
                await hints.WaitAsync(atMost, Clock, cancellationToken);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
