using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Callbacks;

/// <summary>
/// Sends an invitation once more that did not arrive for a reason that may pass: as a message of its own, so that no id
/// at a provider stands for two texts, and only while it is still wanted, nobody has sent another, and the other
/// channel does not take over.
/// </summary>
internal sealed class SendOnceMore(Vault vault, PayLinksOptions options, RetrySchedule retries)
{
    private const string InsertSql =
        """
        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, on_call,
            segments, reason, retry_of, callback_key_hash, callback_key_cipher, due_at, created_at)
        select m.merchant_id, @Id, m.link_id, m.mode, m.channel, m.purpose, m.recipient, m.locale, m.lane, m.on_call,
            m.segments, m.reason, m.id, @CallbackKeyHash, @CallbackKeyCipher, paylinks_now() + @wait, paylinks_now()
        from message m
        join link l on l.merchant_id = m.merchant_id and l.id = m.link_id
        where m.merchant_id = paylinks_merchant() and m.id = @messageId
            and m.purpose in ('link', 'reminder') and m.retry_of is null and m.fallback_at is null
            and l.status in ('open', 'processing') and l.expires_at > paylinks_now() + @wait
            and not exists (
                select from message newer
                where newer.merchant_id = m.merchant_id and newer.link_id = m.link_id and newer.id > m.id
                    and newer.purpose in ('link', 'reminder'))
        on conflict (merchant_id, retry_of) where retry_of is not null do nothing
        """;

    /// <param name="messageId">A message that has just ended undelivered or failed; its link is locked.</param>
    /// <param name="reason">One of <see cref="DeliveryReason"/>.</param>
    public async Task IfItMayHelpAsync(MerchantTransaction transaction, Guid messageId, string reason)
    {
        if (DeliveryReasons.ClassOf(reason) is not DeliveryClass.Retry
            || retries.After(Obstacle.Carrier, attempt: 1) is not { } wait)
        {
            return;
        }

        var id = Guid.CreateVersion7();
        var key = QueueMessage.NewCallbackKey(options.RoutingPrefix);
        await transaction.Connection.ExecuteAsync(InsertSql, new
        {
            Id = id,
            messageId,
            wait,
            CallbackKeyHash = vault.Hash(key),
            CallbackKeyCipher = vault.Seal(key, QueueMessage.CallbackKeyPurpose(id)),
        });
    }
}
