using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Core.Links;

public static class LockLink
{
    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Waits for the link's row and holds it to the end of the transaction. Everything that changes a link, its
        /// payments or its refunds takes this lock first, so that no two of them can wait for each other.
        /// </summary>
        /// <returns>The link's status, or null if this merchant has no such link.</returns>
        public async Task<LinkStatus?> LockLinkAsync(Guid linkId)
        {
            var status = await transaction.Connection.QuerySingleOrDefaultAsync<string>(
                "select status from link where merchant_id = paylinks_merchant() and id = @linkId for update",
                new { linkId });
            return status is null ? null : Enum.Parse<LinkStatus>(status, ignoreCase: true);
        }
    }
}
