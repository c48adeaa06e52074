using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Worker.Sending;

/// <summary>What moves of messages leave behind besides their own rows.</summary>
internal static class RecordMessageMove
{
    // Whoever ends a link takes back what is queued; a message that comes back to the queue later must take itself
    // back.
    private const string SuppressNeedlessSql =
        """
        update message m
        set status = 'suppressed', finished_at = paylinks_now(), fallback_at = null,
            reason = case
                when l.status in ('paid', 'canceled') then l.status
                when l.status = 'expired' or l.expires_at <= paylinks_now() then 'expired'
                when exists (
                    select from message f where f.merchant_id = m.merchant_id and f.fallback_of = m.id) then 'fell_back'
                else 'replaced' end
        from link l
        where m.merchant_id = paylinks_merchant() and m.id = any(@queued) and m.status = 'queued'
            and m.purpose in ('link', 'reminder')
            and l.merchant_id = m.merchant_id and l.id = m.link_id
            and (not (l.status in ('open', 'processing') and l.expires_at > paylinks_now())
                or exists (select from message f where f.merchant_id = m.merchant_id and f.fallback_of = m.id)
                or exists (
                    select from message n
                    where n.merchant_id = m.merchant_id and n.link_id = m.link_id and n.channel = m.channel
                        and n.purpose = 'link' and n.recipient <> m.recipient and n.id > m.id))
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Takes back those of these queued messages that invite to a link which is no longer payable, or that have
        /// been followed by one on the other channel or to another address; lock the link's row first.
        /// </summary>
        public async Task SuppressNeedlessAsync(Guid[] queued)
        {
            if (queued.Length > 0)
            {
                await transaction.Connection.ExecuteAsync(SuppressNeedlessSql, new { queued });
            }
        }

        /// <summary>Opts out whom the provider refuses to write to because they told it so.</summary>
        /// <returns>The links whose invitations were taken back.</returns>
        public async Task<IReadOnlyList<Guid>> OptOutRefusedAsync(
            IEnumerable<(Guid MessageId, MessageChannel Channel, string Recipient)> refused)
        {
            var links = new List<Guid>();
            foreach (var (messageId, channel, recipient) in refused
                .OrderBy(one => one.Channel).ThenBy(one => one.Recipient, StringComparer.Ordinal))
            {
                links.AddRange(await transaction.OptOutAsync(
                    new Wish(channel, recipient, OptOutSource.Provider, MessageEvents.Actor(channel))
                    {
                        Refused = messageId,
                    }));
            }

            return links;
        }
    }
}
