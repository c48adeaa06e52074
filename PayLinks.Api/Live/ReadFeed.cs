using System.Globalization;
using System.Runtime.InteropServices;
using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;

namespace PayLinks.Api.Live;

/// <summary>
/// A place in the order in which events became visible: the writing transaction, and the event within it. An event of a transaction
/// that commits late is never behind the place of somebody who has already read on.
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
            || !ulong.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            || !Guid.TryParseExact(text.AsSpan(dot + 1), "N", out var id))
        {
            return false;
        }

        place = new FeedPlace(transaction, id);
        return true;
    }
}

/// <summary>Something happened to a link: enough to know which part of a screen to fetch anew, and nothing about a person.</summary>
public sealed record FeedEvent(FeedPlace Place, Guid LinkId, int Sequence, string Type);

/// <param name="HeldBack">True when newer events wait for a transaction that began before theirs and still runs.</param>
public sealed record FeedPage(IReadOnlyList<FeedEvent> Events, bool HeldBack);

public static class ReadFeed
{
    private const int PageSize = 200;

    private const string NowSql = "select pg_snapshot_xmin(pg_current_snapshot())::text";

    private const string NextSql =
        """
        select e.transaction_id::text as transaction, e.id, e.link_id, e.sequence, e.type
        from event e
        where e.merchant_id = paylinks_merchant() and e.mode = @Mode
            and (e.transaction_id, e.id) > (@Transaction::xid8, @Event)
            and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
            and (@Creator is null or exists (
                select from link l where l.merchant_id = e.merchant_id and l.id = e.link_id and l.created_by = @Creator))
        order by e.transaction_id, e.id
        limit @PageSize
        """;

    private const string HeldBackSql =
        """
        select exists (
            select from event e
            where e.merchant_id = paylinks_merchant() and e.transaction_id >= pg_snapshot_xmin(pg_current_snapshot()))
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>The place behind which everything lies that a statement after this one may not see.</summary>
        public async Task<FeedPlace> FeedPlaceAsync() =>
            new(ulong.Parse((await transaction.Connection.ExecuteScalarAsync<string>(NowSql))!, CultureInfo.InvariantCulture), Guid.Empty);

        /// <summary>The next events that this actor may see, oldest first.</summary>
        public async Task<FeedPage> ReadFeedAsync(Actor actor, FeedPlace after)
        {
            var rows = await transaction.Connection.QueryAsync<Row>(NextSql, new
            {
                actor.Mode,
                Transaction = after.Transaction.ToString(CultureInfo.InvariantCulture),
                after.Event,
                Creator = actor.OnlyOwn ? actor.Name : null,
                PageSize,
            });
            var events = rows
                .Select(row => new FeedEvent(
                    new FeedPlace(ulong.Parse(row.Transaction, CultureInfo.InvariantCulture), row.Id), row.LinkId, row.Sequence, row.Type))
                .ToList();
            var heldBack = events.Count == PageSize || await transaction.Connection.ExecuteScalarAsync<bool>(HeldBackSql);
            return new FeedPage(events, heldBack);
        }
    }

    private sealed record Row(string Transaction, Guid Id, Guid LinkId, int Sequence, string Type);
}
