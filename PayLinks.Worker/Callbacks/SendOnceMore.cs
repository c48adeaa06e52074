using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Callbacks;

/// <summary>
/// Sends invitations once more that did not arrive for a reason that may pass: each as a message of its own, so that no
/// id at a provider stands for two texts, and only while it is still wanted, nobody has sent another, and the other
/// channel does not take over.
/// </summary>
internal sealed class SendOnceMore(Vault vault, PayLinksOptions options, RetrySchedule retries)
{
    // That a link can be paid is said by what it is not: "open" would lead PostgreSQL through all that are.
    private const string InsertSql =
        """
        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, on_call,
            segments, reason, retry_of, callback_key_hash, callback_key_cipher, due_at, created_at)
        select m.merchant_id, o.id, m.link_id, m.mode, m.channel, m.purpose, m.recipient, m.locale, m.lane, m.on_call,
            m.segments, m.reason, m.id, o.key_hash, o.key_cipher, o.now + o.wait, o.now
        from (
            select *, (select paylinks_now()) as now
            from unnest(@Ids, @LinkIds, @MessageIds, @Waits, @KeyHashes, @KeyCiphers)
                as o (id, link_id, message_id, wait, key_hash, key_cipher)) o
        join message m on m.merchant_id = paylinks_merchant() and m.id = o.message_id and m.link_id = o.link_id
        join link l on l.merchant_id = m.merchant_id and l.id = o.link_id
        where m.purpose in ('link', 'reminder') and m.retry_of is null and m.fallback_at is null
            and l.status not in ('paid', 'expired', 'canceled') and l.expires_at > o.now + o.wait
            and not exists (
                select from message newer
                where newer.merchant_id = m.merchant_id and newer.link_id = o.link_id and newer.id > m.id
                    and newer.purpose in ('link', 'reminder'))
        on conflict (merchant_id, retry_of) where retry_of is not null do nothing
        """;

    /// <param name="ended">
    /// Messages that have just ended undelivered or failed, each with one of <see cref="DeliveryReason"/>; their links
    /// are locked.
    /// </param>
    public async Task WhereItMayHelpAsync(
        MerchantTransaction transaction, IEnumerable<(Guid LinkId, Guid MessageId, string Reason)> ended)
    {
        var retried = new List<Retry>();
        foreach (var (linkId, messageId, reason) in ended)
        {
            if (DeliveryReasons.ClassOf(reason) is DeliveryClass.Retry
                && retries.After(Obstacle.Carrier, attempt: 1) is { } wait)
            {
                var key = QueueMessage.NewCallbackKey(options.RoutingPrefix);
                retried.Add(new Retry(Guid.CreateVersion7(), linkId, messageId, wait, key));
            }
        }

        if (retried.Count > 0)
        {
            await transaction.Connection.ExecuteAsync(InsertSql, new
            {
                Ids = retried.Select(retry => retry.Id).ToArray(),
                LinkIds = retried.Select(retry => retry.LinkId).ToArray(),
                MessageIds = retried.Select(retry => retry.MessageId).ToArray(),
                Waits = retried.Select(retry => retry.Wait).ToArray(),
                KeyHashes = retried.Select(retry => vault.Hash(retry.Key)).ToArray(),
                KeyCiphers = retried
                    .Select(retry => vault.Seal(retry.Key, QueueMessage.CallbackKeyPurpose(retry.Id))).ToArray(),
            });
        }
    }

    private sealed record Retry(Guid Id, Guid LinkId, Guid MessageId, TimeSpan Wait, string Key);
}
