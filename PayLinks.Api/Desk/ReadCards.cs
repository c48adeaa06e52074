using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;

namespace PayLinks.Api.Desk;

/// <summary>What somebody sent in the last day, or took over, and whose call is not over; newest first.</summary>
public sealed class ReadCards(ReadLinks read)
{
    private const int CardsMax = 12;

    // As the index link_of_desk has it.
    private const string LinksSql =
        $"""
        select {ReadLinks.Columns}
        from link
        where merchant_id = paylinks_merchant() and mode = @Mode and created_by like 'usr\_%'
            and coalesce(taken_over_by, created_by) = @Name and created_at > paylinks_now() - interval '24 hours'
            and call_ended_at is null
        order by id desc
        limit @CardsMax
        """;

    private const string EventsSql =
        """
        select link_id, type, created_at, actor
        from event
        where merchant_id = paylinks_merchant() and link_id = any (@Ids)
        order by link_id, sequence
        """;

    public async Task<IReadOnlyList<DeskCard>> ReadAsync(MerchantTransaction transaction, Actor actor) =>
        await ToCardsAsync(
            transaction,
            (await transaction.Connection.QueryAsync<ReadLinks.Row>(
                LinksSql, new { actor.Mode, actor.Name, CardsMax })).AsList(),
            actor);

    /// <summary>These links as cards, in their order.</summary>
    /// <param name="actor">Who looks at them.</param>
    public async Task<IReadOnlyList<DeskCard>> ToCardsAsync(
        MerchantTransaction transaction, IReadOnlyList<ReadLinks.Row> rows, Actor actor)
    {
        var now = (await MerchantFacts.ReadAsync(transaction)).Now;
        var links = await read.ToViewsAsync(transaction, rows);
        var events = (await transaction.Connection.QueryAsync<EventRow>(
                EventsSql, new { Ids = links.Select(link => link.Id).ToArray() }))
            .ToLookup(row => row.LinkId, row => new DeskEvent(row.Type, row.CreatedAt, row.Actor));
        var optedOut = await transaction.OptedOutAsync(links.SelectMany(link => new[] { link.Phone, link.Email }));
        return
        [
            .. links.Select(link => ToCard(
                link, [.. events[link.Id]], [.. optedOut.Where(one => one.Is(link.Phone) || one.Is(link.Email))],
                actor.Name, now)),
        ];
    }

    private static DeskCard ToCard(
        LinkView link, IReadOnlyList<DeskEvent> events, IReadOnlyList<OptedOut> optedOut, string actor,
        DateTimeOffset now)
    {
        // A payment that failed is over: the steps after "opened" start again with the next one.
        var lastFailure = events.LastOrDefault(happened => happened.Type == EventTypes.PaymentFailed)?.CreatedAt;
        TimeSpan? Reached(string type, DateTimeOffset? after = null) =>
            events.FirstOrDefault(happened => happened.Type == type && !(happened.CreatedAt <= after))?.CreatedAt
                - link.CreatedAt;

        return new DeskCard(
            link, DeskStates.Of(link, events, now),
            [
                Reached(EventTypes.LinkSent),
                Reached(EventTypes.LinkDelivered),
                Reached(EventTypes.LinkOpened),
                Reached(EventTypes.LinkTyping, lastFailure) ?? Reached(EventTypes.PaymentStarted, lastFailure),
                Reached(EventTypes.PaymentAuthenticating, lastFailure),
                Reached(EventTypes.LinkPaid),
            ],
            optedOut, ClosedCall.HidesAddress(link, events, actor, now));
    }

    private sealed record EventRow(Guid LinkId, string Type, DateTimeOffset CreatedAt, string Actor);
}
