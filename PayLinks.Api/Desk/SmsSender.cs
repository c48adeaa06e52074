using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Desk;

internal static class SmsSender
{
    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// The name or number that the merchant's text messages come from, for the agent to announce.
        /// </summary>
        public async Task<string> SmsSenderAsync() =>
            (await transaction.Connection.ExecuteScalarAsync<string>(
                "select sms_sender from merchant where id = paylinks_merchant()"))!;
    }
}
