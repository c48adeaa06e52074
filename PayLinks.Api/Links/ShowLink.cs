using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Links;

public sealed class ShowLink(ReadLinks read)
{
    private const string FindSql =
        $"""
        select {ReadLinks.Columns}
        from link
        where merchant_id = paylinks_merchant() and id = @linkId and mode = @Mode
            and (not @OnlyOwn or created_by = @Name)
        """;

    /// <summary>The link, or null if there is none that this actor may see.</summary>
    public async Task<LinkView?> FindAsync(MerchantTransaction transaction, Actor actor, Guid linkId)
    {
        var row = await transaction.Connection.QuerySingleOrDefaultAsync<ReadLinks.Row>(
            FindSql, new { linkId, actor.Mode, actor.OnlyOwn, actor.Name });
        return row is null ? null : (await read.ToViewsAsync(transaction, [row]))[0];
    }
}
