using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

internal static class ChangeAddress
{
    private const string ChangeSql =
        """
        update link set customer_phone = @Phone, customer_email = @Email
        where merchant_id = paylinks_merchant() and id = @linkId
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Gives the link these addresses instead of those that it has.</summary>
        /// <param name="channel">Where it changed.</param>
        public async Task ChangeAddressAsync(
            Actor actor, Guid linkId, MessageChannel channel, (string? Phone, string? Email) addresses)
        {
            await transaction.Connection.ExecuteAsync(ChangeSql, new { linkId, addresses.Phone, addresses.Email });
            await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkRecipientChanged, actor.Name)
            {
                Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = channel.ToText() },
            });
        }
    }
}
