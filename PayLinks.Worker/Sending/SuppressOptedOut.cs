using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Messages;

namespace PayLinks.Worker.Sending;

internal static class SuppressOptedOut
{
    // Links before messages and both in the order of their ids, as in everybody else's transactions.
    private const string LockLinksSql =
        """
        select id from link
        where merchant_id = paylinks_merchant()
            and id in (select link_id from message where merchant_id = paylinks_merchant() and id = any(@messages))
        order by id
        for update
        """;

    // Looked at again, because somebody may have come back meanwhile.
    private const string SuppressSql =
        """
        update message m
        set status = 'suppressed', reason = 'opted_out', finished_at = paylinks_now(),
            -- The other channel is not meant.
            fallback_at = case when fallback_at is not null then paylinks_now() end
        where merchant_id = paylinks_merchant() and id = any(@messages) and status = 'queued'
            and exists (
                select from opt_out o
                where o.merchant_id = m.merchant_id and o.channel = m.channel and o.recipient = lower(m.recipient)
                    and o.opted_in_at is null)
        returning id, link_id, channel, purpose
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Takes back these messages, whose recipients do not want them.</summary>
        /// <returns>The link of each, which staff must see anew.</returns>
        public async Task<IReadOnlyList<Guid>> SuppressOptedOutAsync(Guid[] messages)
        {
            await transaction.Connection.ExecuteAsync(LockLinksSql, new { messages });
            var suppressed = (await transaction.Connection.QueryAsync<Suppressed>(SuppressSql, new { messages }))
                .OrderBy(message => message.LinkId).ThenBy(message => message.Id).ToList();
            foreach (var message in suppressed.Where(message => message.Purpose.Invites()))
            {
                await transaction.RecordAsync(new NewEvent(message.LinkId, EventTypes.LinkUndelivered, "worker")
                {
                    Message = (message.Id, MessageStatus.Queued, MessageStatus.Suppressed),
                    Data = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["channel"] = message.Channel.ToText(),
                        ["reason"] = DeliveryReason.OptedOut,
                    },
                });
            }

            return [.. suppressed.Select(message => message.LinkId)];
        }
    }

    private sealed record Suppressed(Guid Id, Guid LinkId, MessageChannel Channel, MessagePurpose Purpose);
}
