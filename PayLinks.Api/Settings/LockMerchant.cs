using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Settings;

internal static class LockMerchant
{
    private const string LockSql = "select id from merchant where id = paylinks_merchant() for no key update";

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Waits for others who change the merchant's settings, so that what is read after this is what is changed.
        /// </summary>
        public Task LockMerchantAsync() => transaction.Connection.ExecuteAsync(LockSql);
    }
}
