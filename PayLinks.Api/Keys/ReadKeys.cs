using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Keys;

/// <summary>An API key as its merchant sees it: never the key itself.</summary>
/// <param name="Scopes">With spaces between.</param>
/// <param name="LastUsedAt">To the minute.</param>
public sealed record KeyView(
    Guid Id, string Name, string Mode, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);

internal static class ReadKeys
{
    private const string Columns =
        "id, name, mode, array_to_string(scopes, ' ') as scopes, created_at, last_used_at, revoked_at";

    private const string ListSql =
        $"""
        select {Columns} from api_key
        where merchant_id = paylinks_merchant()
        order by revoked_at is not null, id desc
        """;

    private const string FindSql =
        $"select {Columns} from api_key where merchant_id = paylinks_merchant() and id = @id";

    extension(MerchantTransaction transaction)
    {
        /// <summary>Those in force first, each group newest first.</summary>
        public async Task<IReadOnlyList<KeyView>> KeysAsync() =>
            (await transaction.Connection.QueryAsync<KeyView>(ListSql)).AsList();

        /// <summary>Null if this merchant has no such key.</summary>
        public Task<KeyView?> FindKeyAsync(Guid id) =>
            transaction.Connection.QuerySingleOrDefaultAsync<KeyView>(FindSql, new { id });
    }
}
