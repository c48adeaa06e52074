using Dapper;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Console;

/// <summary>The names of the merchant's people, by the way events and links record who did something.</summary>
internal static class StaffNames
{
    private const string ReadSql =
        "select user_id, display_name from membership where merchant_id = paylinks_merchant()";

    extension(MerchantTransaction transaction)
    {
        /// <summary>From <c>usr_…</c> to a name; people who have left are among them.</summary>
        public async Task<IReadOnlyDictionary<string, string>> StaffNamesAsync()
        {
            var rows = await transaction.Connection.QueryAsync<Row>(ReadSql);
            return rows.ToDictionary(
                row => PublicId.Format(PublicId.User, row.UserId), row => row.DisplayName, StringComparer.Ordinal);
        }
    }

    private sealed record Row(Guid UserId, string DisplayName);
}
