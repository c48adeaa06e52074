using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

/// <summary>
/// The merchant's events, oldest first, up to the oldest transaction that could still write one: whoever goes on from
/// the last event has missed none. The cursor is an event's id, so a program can go on from whatever it knows.
/// </summary>
internal static class GetEvents
{
    private const int LimitUsual = 50;
    private const int LimitMax = 250;

    public static async Task<IResult> HandleAsync(
        HttpContext context, ApiCaller caller, NpgsqlDataSource database, ReadLinks links)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(LimitUsual, LimitMax);
        var after = query.Text("after");
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        if (await PlaceAsync(transaction, caller.Actor, after) is not { } place)
        {
            query.Errors.Add(new FieldError("/after", FieldCodes.CursorInvalid));
            return query.Problem()!;
        }

        var events = await NextAsync(transaction, caller.Actor, place, limit + 1);
        var page = await RenderAsync(transaction, links, [.. events.Take(limit)]);
        return TypedResults.Json(
            new LinkEventPageAnswer(page, events.Count > limit, page.Count > 0 ? page[^1].Id : after),
            V1Json.Wire.LinkEventPageAnswer);
    }

    /// <param name="after">An event's id; null: the very beginning.</param>
    /// <returns>Null if this actor has no such event.</returns>
    public static async Task<FeedPlace?> PlaceAsync(MerchantTransaction transaction, Actor actor, string? after) =>
        after is null ? default(FeedPlace)
        : PublicId.TryParse(PublicId.Event, after, out var eventId)
            ? await transaction.FeedPlaceOfAsync(actor, eventId)
            : null;

    /// <summary>The settled events after a place.</summary>
    public static async Task<IReadOnlyList<FeedEvent>> NextAsync(
        MerchantTransaction transaction, Actor actor, FeedPlace after, int limit) =>
        [.. (await transaction.ReadFeedAsync(actor, after, limit, patience: null)).TakeWhile(next => next.IsSettled)];

    public static async Task<IReadOnlyList<LinkEventAnswer>> RenderAsync(
        MerchantTransaction transaction, ReadLinks links, IReadOnlyList<FeedEvent> events)
    {
        var byId = await links.FindAsync(transaction, events.Select(happened => happened.LinkId));
        return
        [
            .. events.Select(happened => LinkEventAnswer.From(
                happened.Place.Event, happened.Type, happened.Sequence, happened.CreatedAt, byId[happened.LinkId])),
        ];
    }
}
