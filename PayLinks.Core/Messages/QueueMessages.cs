using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Secrets;

namespace PayLinks.Core.Messages;

/// <summary>
/// Puts several messages of one mode in the queue, in one statement. Of what <see cref="NewMessage"/> may say, these
/// say nothing of a refund, a dispute, a day's budget, a customer's word or a message they follow.
/// </summary>
public static class QueueMessages
{
    /// <summary>For <see cref="ParametersOf"/> and <c>@Mode</c>; answers with each message's id and status.</summary>
    public const string InsertSql =
        """
        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, on_call,
            segments, callback_key_hash, callback_key_cipher, status, reason, finished_at, due_at, created_at,
            fallback_at)
        select paylinks_merchant(), n.id, n.link_id, @Mode, n.channel, n.purpose, n.recipient, n.locale, n.lane,
            n.on_call, n.segments, n.callback_key_hash, n.callback_key_cipher,
            case when o.recipient is null then 'queued' else 'suppressed' end,
            case when o.recipient is not null then 'opted_out' end,
            case when o.recipient is not null then now end,
            now, now,
            case when n.may_fall_back and o.recipient is null then now + (
                select case n.lane when 0 then fallback_desk else fallback_other end
                from merchant where id = paylinks_merchant()) end
        from unnest(@MessageIds, @MessageLinkIds, @Channels, @Purposes, @Recipients, @MessageLocales, @Lanes, @OnCalls,
                @Segments, @CallbackKeyHashes, @CallbackKeyCiphers, @MayFallBack)
            as n (id, link_id, channel, purpose, recipient, locale, lane, on_call, segments, callback_key_hash,
                callback_key_cipher, may_fall_back)
        cross join (select paylinks_now() offset 0) as clock (now)
        left join lateral (
            select recipient from opt_out
            where merchant_id = paylinks_merchant() and channel = n.channel and recipient = lower(n.recipient)
                and opted_in_at is null and (n.channel = 'sms' or n.purpose in ('link', 'reminder'))
            offset 0) o on true
        returning id, status
        """;

    /// <summary>For <see cref="InsertSql"/>; each message says how many segments it has.</summary>
    public static object ParametersOf(
        IReadOnlyList<(Guid Id, NewMessage Message)> messages, Vault vault, PayLinksOptions options)
    {
        var keys = messages.Select(_ => QueueMessage.NewCallbackKey(options.RoutingPrefix)).ToList();
        return new
        {
            MessageIds = messages.Select(one => one.Id).ToArray(),
            MessageLinkIds = messages.Select(one => one.Message.LinkId).ToArray(),
            Channels = messages.Select(one => one.Message.Channel.ToText()).ToArray(),
            Purposes = messages.Select(one => one.Message.Purpose.ToText()).ToArray(),
            Recipients = messages.Select(one => one.Message.Recipient).ToArray(),
            MessageLocales = messages.Select(one => one.Message.Locale).ToArray(),
            Lanes = messages.Select(one => (short)one.Message.Lane).ToArray(),
            OnCalls = messages.Select(one => one.Message.OnCall).ToArray(),
            Segments = messages.Select(one => (short)one.Message.Segments!.Value).ToArray(),
            CallbackKeyHashes = keys.Select(vault.Hash).ToArray(),
            CallbackKeyCiphers = messages
                .Zip(keys, (one, key) => vault.Seal(key, QueueMessage.CallbackKeyPurpose(one.Id))).ToArray(),
            MayFallBack = messages.Select(one => one.Message.MayFallBack).ToArray(),
        };
    }

    extension(MerchantTransaction transaction)
    {
        /// <summary>See <see cref="QueueMessage"/>; in two round trips however many they are.</summary>
        public async Task QueueAsync(IReadOnlyList<NewMessage> messages, Vault vault, PayLinksOptions options)
        {
            if (messages.Count == 0)
            {
                return;
            }

            var segments = await transaction.CountSegmentsAsync(messages, vault, options);
            var values = new DynamicParameters(new { messages[0].Mode });
            values.AddDynamicParams(ParametersOf(
                [.. messages.Zip(segments, (one, count) => (Guid.CreateVersion7(), one with { Segments = count }))],
                vault, options));
            await transaction.Connection.ExecuteAsync(InsertSql, values);
        }
    }
}
