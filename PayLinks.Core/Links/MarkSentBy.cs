using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Core.Links;

/// <summary>Keeps the columns by which links are listed: those sent by SMS, by email, or to nobody.</summary>
public static class MarkSentBy
{
    private const string MarkSql =
        """
        update link
        set unsent = false, texted = texted or @Channel = 'sms', emailed = emailed or @Channel = 'email'
        where merchant_id = paylinks_merchant() and id = @linkId
            and (unsent or not case @Channel when 'sms' then texted else emailed end)
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>For whoever sends a link that is there already; lock it first.</summary>
        public Task MarkSentByAsync(Guid linkId, MessageChannel channel) =>
            transaction.Connection.ExecuteAsync(MarkSql, new { linkId, Channel = channel.ToText() });
    }
}
