using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Links;

/// <summary>Something that happened to a link.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Actor"><c>key_…</c>, <c>usr_…</c>, <c>customer</c>, <c>worker</c> or a provider's name.</param>
public sealed record LinkEvent(
    Guid Id, string Type, int Sequence, DateTimeOffset CreatedAt, string Actor,
    IReadOnlyDictionary<string, string> Data);

/// <summary>A link's timeline, oldest first.</summary>
public static class LinkEvents
{
    private const string ReadSql =
        """
        select e.id, e.type, e.sequence, e.created_at, e.actor, e.data::text as data
        from event e join link l on l.merchant_id = e.merchant_id and l.id = e.link_id
        where e.merchant_id = paylinks_merchant() and e.link_id = @linkId and e.sequence > @after
            and l.mode = @Mode and (not @OnlyOwn or l.created_by = @Name)
        order by e.sequence
        limit @limit
        """;

    /// <summary>
    /// None if there is no such link for this actor: every link has at least the event of its creation.
    /// </summary>
    /// <param name="after">Only events with a higher sequence.</param>
    public static async Task<IReadOnlyList<LinkEvent>> ReadAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, int after = 0, int limit = 1000)
    {
        var rows = await transaction.Connection.QueryAsync<Row>(
            ReadSql, new { linkId, after, limit, actor.Mode, actor.OnlyOwn, actor.Name });
        return
        [
            .. rows.Select(row => new LinkEvent(
                row.Id, row.Type, row.Sequence, row.CreatedAt, row.Actor,
                JsonSerializer.Deserialize(row.Data, LinkJson.Default.DictionaryStringString)!)),
        ];
    }

    private sealed record Row(Guid Id, string Type, int Sequence, DateTimeOffset CreatedAt, string Actor, string Data);
}
