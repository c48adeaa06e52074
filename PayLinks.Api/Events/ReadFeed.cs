using System.Globalization;
using System.Runtime.InteropServices;
using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;

namespace PayLinks.Api.Events;

/// <summary>
/// A place in the order in which events became visible: the writing transaction, and the event within it. An event of a
/// transaction that commits late is never behind the place of somebody who has already read on.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FeedPlace(ulong Transaction, Guid Event)
{
    /// <summary>As it stands in an event's id: <c>transaction.event</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}.{Event:N}");

    public static bool TryParse(string? text, out FeedPlace place)
    {
        place = default;
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot < 1
            || !ulong.TryParse(text.AsSpan(0, dot), CultureInfo.InvariantCulture, out var transaction)
            || !Guid.TryParseExact(text.AsSpan(dot + 1), "N", out var id))
        {
            return false;
        }

        place = new FeedPlace(transaction, id);
        return true;
    }
}

/// <summary>Something happened to a link: enough to know what to look at anew, and nothing about a person.</summary>
/// <param name="IsSettled">
/// True when no transaction that could still commit before it is running: only past such events may a reader move its
/// place.
/// </param>
public sealed record FeedEvent(
    FeedPlace Place, Guid LinkId, int Sequence, string Type, DateTimeOffset CreatedAt, bool IsSettled);

public static class ReadFeed
{
    /// <summary>
    /// For screens: no transaction of ours lives a minute. One that does (a dump, another database of the same server)
    /// writes no events, and must not make screens read ever more of the past again.
    /// </summary>
    public static readonly TimeSpan ScreenPatience = TimeSpan.FromMinutes(1);

    private const string NowSql = "select pg_snapshot_xmin(pg_current_snapshot())::text";

    private const string NextSql =
        """
        select e.transaction_id::text as transaction, e.id, e.link_id, e.sequence, e.type, e.created_at,
            e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                or coalesce(e.created_at < paylinks_now() - @Patience::interval, false) as is_settled
        from event e
        where e.merchant_id = paylinks_merchant() and e.mode = @Mode
            and (e.transaction_id, e.id) > (@Transaction::xid8, @Event)
            and (@Creator is null or exists (
                select from link l
                where l.merchant_id = e.merchant_id and l.id = e.link_id and l.created_by = @Creator))
        order by e.transaction_id, e.id
        limit @limit
        """;

    // An event that is not settled is no place to go on from: others may still appear before it.
    private const string PlaceSql =
        """
        select transaction_id::text from event
        where merchant_id = paylinks_merchant() and id = @eventId and mode = @Mode
            and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Where an event stands; null if this actor has none such, or not yet for certain.</summary>
        public async Task<FeedPlace?> FeedPlaceOfAsync(Actor actor, Guid eventId) =>
            await transaction.Connection.ExecuteScalarAsync<string>(PlaceSql, new { eventId, actor.Mode }) is { } xid
                ? new FeedPlace(ulong.Parse(xid, CultureInfo.InvariantCulture), eventId)
                : null;

        /// <summary>The place behind which everything lies that a statement after this one may not see.</summary>
        public async Task<FeedPlace> FeedPlaceAsync() => new(
            ulong.Parse(
                (await transaction.Connection.ExecuteScalarAsync<string>(NowSql))!, CultureInfo.InvariantCulture),
            Guid.Empty);

        /// <summary>
        /// The next events that this actor may see, oldest first: the settled ones, then those that are not.
        /// </summary>
        /// <param name="patience">After how long an event is settled whoever is still running; null: never.</param>
        public async Task<IReadOnlyList<FeedEvent>> ReadFeedAsync(
            Actor actor, FeedPlace after, int limit, TimeSpan? patience)
        {
            var rows = await transaction.Connection.QueryAsync<Row>(NextSql, new
            {
                actor.Mode,
                Transaction = after.Transaction.ToString(CultureInfo.InvariantCulture),
                after.Event,
                Creator = actor.OnlyOwn ? actor.Name : null,
                limit,
                Patience = patience,
            });
            return
            [
                .. rows.Select(row => new FeedEvent(
                    new FeedPlace(ulong.Parse(row.Transaction, CultureInfo.InvariantCulture), row.Id),
                    row.LinkId, row.Sequence, row.Type, row.CreatedAt, row.IsSettled)),
            ];
        }
    }

    private sealed record Row(
        string Transaction, Guid Id, Guid LinkId, int Sequence, string Type, DateTimeOffset CreatedAt, bool IsSettled);
}
