using System.Security.Cryptography;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Secrets;
using PayLinks.Core.Texts;

namespace PayLinks.Core.Messages;

public enum MessageChannel
{
    Sms,
    Email,
}

public enum MessagePurpose
{
    /// <summary>Carries the link to the customer.</summary>
    Link,
    Reminder,

    /// <summary>Tells the customer that the payment arrived.</summary>
    Receipt,

    /// <summary>Tells the merchant: of a payment, or of what else the message names.</summary>
    Notice,

    /// <summary>Tells the customer that money is on its way back.</summary>
    Refund,

    /// <summary>Tells the customer that there is nothing to pay any more.</summary>
    Canceled,
}

/// <summary>What customers tell the merchant without paying.</summary>
public enum CustomersWord
{
    /// <summary>They want a new link, because theirs has expired.</summary>
    Asked,

    /// <summary>They do not recognise the request.</summary>
    Declined,
}

/// <summary>Which messages go first when many are due. The numbers are stored.</summary>
public enum MessageLane
{
    /// <summary>Somebody is waiting on the phone or at the counter.</summary>
    Desk = 0,
    Api = 1,
    Receipt = 2,
    Mailing = 3,
    Reminder = 4,
}

/// <param name="Recipient">E.164 for SMS, an address for email.</param>
/// <param name="Locale">BCP 47 tag of the words to use, like <c>it-IT</c>.</param>
/// <param name="RefundId">What a message about a refund is about.</param>
/// <param name="DisputeId">What a message about a dispute is about.</param>
/// <param name="MayFallBack">It may go out on the other channel if it does not arrive in the merchant's time.</param>
/// <param name="FallbackOf">The message on the other channel that did not arrive.</param>
/// <param name="SmsDay">The day, as <c>2026-11-27</c>, of whose budget for texts a notice tells.</param>
/// <param name="CustomerSaid">What the customer has said, in a notice that tells of it.</param>
/// <param name="OnCall">Somebody talks with the customer meanwhile, and a text message may refer to that.</param>
/// <param name="Segments">What the message costs, where somebody knows; else it is found out.</param>
public sealed record NewMessage(
    Guid LinkId, string Mode, MessageChannel Channel, MessagePurpose Purpose, string Recipient, string Locale,
    MessageLane Lane, Guid? RefundId = null, Guid? DisputeId = null, bool MayFallBack = false, Guid? FallbackOf = null,
    string? SmsDay = null, CustomersWord? CustomerSaid = null, bool OnCall = false,
    int? Segments = null);

/// <summary>Where a customer hears about money that moved: by email where there is one, else by SMS.</summary>
/// <param name="Email">The one given for the receipt comes before the link's own.</param>
/// <param name="Phone">E.164.</param>
public sealed record CustomerAddress(string? Email, string? Phone, string Locale);

public static class QueueMessage
{
    private const string IsUnwantedSql =
        """
        exists (
            select from opt_out
            where merchant_id = paylinks_merchant() and channel = @Channel and recipient = lower(@Recipient)
                and opted_in_at is null)
        """;

    private const string FallBackAtSql =
        """
        now + (
            select case @Lane when 0 then fallback_desk else fallback_other end
            from merchant where id = paylinks_merchant())
        """;

    private const string NeverSql = "null::timestamptz";

    // The offset keeps PostgreSQL from reading all links of a young database to find these.
    private const string ReadFactsSql =
        """
        select facts.* from unnest(@LinkIds, @RefundIds, @Kinds, @Languages)
            with ordinality as n (link_id, refund_id, kind, language, place)
        left join lateral (
            select l.token_cipher, coalesce(r.amount_minor, l.amount_minor) as amount_minor, l.currency, l.description,
                l.reference, l.customer_name, l.expires_at at time zone b.time_zone as expires_local, b.name, b.phone,
                t.body as own_words
            from link l
            join merchant b on b.id = l.merchant_id
            left join refund r on r.merchant_id = l.merchant_id and r.id = n.refund_id
            left join text_template t on t.merchant_id = l.merchant_id and t.channel = 'sms' and t.purpose = n.kind
                and t.language = n.language
            where l.merchant_id = paylinks_merchant() and l.id = n.link_id
            offset 0) facts on true
        order by n.place
        """;

    private const string SuppressSql =
        """
        update message set status = 'suppressed', reason = @Reason, finished_at = paylinks_now(), fallback_at = null
        where merchant_id = paylinks_merchant() and link_id = any(@LinkIds)
            and status = 'queued' and purpose in ('link', 'reminder', 'canceled')
        """;

    // What has left already can only be kept from being followed by a message on the other channel.
    private const string ReplaceSql =
        """
        update message
        set status = case when status = 'queued' then 'suppressed' else status end,
            reason = case when status = 'queued' then @Reason else reason end,
            finished_at = case when status = 'queued' then paylinks_now() else finished_at end,
            fallback_at = null
        where merchant_id = paylinks_merchant() and link_id = @LinkId and recipient = @Recipient
            and purpose in ('link', 'reminder') and (status = 'queued' or fallback_at is not null)
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Puts a message in the queue; it leaves once this transaction has been committed. One to somebody who has
        /// opted out (see <see cref="OptOuts"/>) is suppressed at once.
        /// </summary>
        /// <returns>The message's id.</returns>
        public async Task<Guid> QueueAsync(NewMessage message, Vault vault, PayLinksOptions options)
        {
            var segments = (await transaction.CountSegmentsAsync([message], vault, options))[0];
            var id = Guid.CreateVersion7();
            await transaction.Connection.ExecuteAsync(
                InsertSql(message), ParametersOf(id, message with { Segments = segments }, vault, options));
            return id;
        }

        /// <summary>See <see cref="ToCustomer"/>.</summary>
        public async Task TellCustomerAsync(
            Guid linkId, string mode, CustomerAddress customer, Guid? refundId, Vault vault,
            PayLinksOptions options)
        {
            if (ToCustomer(linkId, mode, customer, refundId) is { } message)
            {
                await transaction.QueueAsync(message, vault, options);
            }
        }

        /// <summary>
        /// Takes back what is still waiting to tell a customer of a state that the link has left: to invite to one that
        /// is no longer payable, or to call one off that was paid after all.
        /// </summary>
        /// <param name="reason">Shown to the merchant: <c>paid</c>, <c>canceled</c> or <c>expired</c>.</param>
        public Task SuppressQueuedAsync(string reason, params Guid[] linkIds) =>
            transaction.Connection.ExecuteAsync(SuppressSql, new { LinkIds = linkIds, Reason = reason });

        /// <summary>Takes back what is still waiting to invite an address that another has replaced.</summary>
        public Task SuppressReplacedAsync(Guid linkId, string recipient) =>
            transaction.Connection.ExecuteAsync(
                ReplaceSql, new { LinkId = linkId, Recipient = recipient, Reason = DeliveryReason.Replaced });

        /// <summary>
        /// How many segments each message has: what it says itself, else found by writing the text as the worker will.
        /// </summary>
        internal async Task<IReadOnlyList<int>> CountSegmentsAsync(
            IReadOnlyList<NewMessage> messages, Vault vault, PayLinksOptions options)
        {
            var segments = messages.Select(message => message.Segments ?? 1).ToArray();
            var texts = messages.Index()
                .Where(one => one.Item is { Segments: null, Channel: MessageChannel.Sms })
                .Select(one => (one.Index, Message: one.Item,
                    Kind: TextKinds.Of(one.Item.Purpose, one.Item.Channel, one.Item.OnCall)))
                .Where(text => text.Kind is not null)
                .ToList();
            if (texts.Count == 0)
            {
                return segments;
            }

            var rows = await transaction.Connection.QueryAsync<FactsRow>(ReadFactsSql, new
            {
                LinkIds = texts.Select(text => text.Message.LinkId).ToArray(),
                RefundIds = texts.Select(text => text.Message.RefundId).ToArray(),
                Kinds = texts.Select(text => text.Kind!.Value.ToText()).ToArray(),
                Languages = texts.Select(text => TextWords.For(text.Message.Locale).Language).ToArray(),
            });
            foreach (var (text, row) in texts.Zip(rows))
            {
                var url = options.LinkUrl(vault.OpenText(row.TokenCipher, LinkToken.Purpose(text.Message.LinkId)));
                var facts = new MessageFacts(
                    text.Kind!.Value, text.Message.Locale, text.Message.Mode == "test", row.Name, row.Phone,
                    new Money(row.AmountMinor, Currency.Get(row.Currency)), row.Description, row.Reference,
                    row.CustomerName, row.ExpiresLocal, url);
                segments[text.Index] = SmsText.Write(facts, row.OwnWords).Size.Segments;
            }

            return segments;
        }
    }

    /// <summary>
    /// The message that tells the customer that money arrived, or is on its way back; null to nobody without an
    /// address. An email is sent even to who has opted out, a text is not.
    /// </summary>
    public static NewMessage? ToCustomer(Guid linkId, string mode, CustomerAddress customer, Guid? refundId)
    {
        var (channel, recipient) = customer.Email is { } email
            ? (MessageChannel.Email, email)
            : (MessageChannel.Sms, customer.Phone);
        var purpose = refundId is null ? MessagePurpose.Receipt : MessagePurpose.Refund;
        return recipient is null
            ? null
            : new NewMessage(
                linkId, mode, channel, purpose, recipient, customer.Locale, MessageLane.Receipt, refundId);
    }

    /// <summary>
    /// What nobody wants is written down with its reason instead of being queued, so that staff see why it never came.
    /// </summary>
    /// <returns>
    /// A statement that answers with the status. It asks for no more than this kind of message needs: PostgreSQL would
    /// plan one for all kinds anew each time, because it is cheaper once it is known what does not matter.
    /// </returns>
    public static string InsertSql(NewMessage message)
    {
        var unwanted = message.Channel == MessageChannel.Sms || message.Purpose.Invites() ? IsUnwantedSql : "false";
        var fallBackAt = message.MayFallBack ? FallBackAtSql : NeverSql;
        return $"""
            insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, refund_id,
                dispute_id, sms_day, customer_said, on_call, segments, callback_key_hash, callback_key_cipher, status,
                reason, finished_at, due_at, created_at, fallback_at, fallback_of)
            select paylinks_merchant(), @MessageId, @LinkId, @Mode, @Channel, @Purpose, @Recipient, @Locale, @Lane,
                @RefundId, @DisputeId, @SmsDay::date, @CustomerSaid, @OnCall, @Segments, @CallbackKeyHash,
                @CallbackKeyCipher,
                case when unwanted then 'suppressed' else 'queued' end,
                case when unwanted then 'opted_out' end,
                case when unwanted then now end,
                now, now,
                case when not unwanted then {fallBackAt} end,
                @FallbackOf
            -- The offset keeps PostgreSQL from looking anew for each mention.
            from (select {unwanted}, paylinks_now() offset 0) as wish (unwanted, now)
            returning status
            """;
    }

    /// <summary>For <see cref="InsertSql"/>; the message says how many segments it has.</summary>
    public static object ParametersOf(Guid id, NewMessage message, Vault vault, PayLinksOptions options)
    {
        var key = NewCallbackKey(options.RoutingPrefix);
        return new
        {
            MessageId = id,
            message.LinkId,
            message.Mode,
            Channel = message.Channel.ToText(),
            Purpose = message.Purpose.ToText(),
            message.Recipient,
            message.Locale,
            Lane = (short)message.Lane,
            message.RefundId,
            message.DisputeId,
            message.SmsDay,
            CustomerSaid = message.CustomerSaid?.ToText(),
            message.OnCall,
            Segments = (short)message.Segments!.Value,
            CallbackKeyHash = vault.Hash(key),
            CallbackKeyCipher = vault.Seal(key, CallbackKeyPurpose(id)),
            message.FallbackOf,
        };
    }

    /// <summary>Whether it asks for a payment, as opposed to telling about one.</summary>
    public static bool Invites(this MessagePurpose purpose) =>
        purpose is MessagePurpose.Link or MessagePurpose.Reminder;

    /// <summary>What the message's callback key is sealed for; see <see cref="Vault.Seal(string, string)"/>.</summary>
    public static string CallbackKeyPurpose(Guid messageId) => $"message-callback/{messageId:N}";

    /// <summary>An unguessable key that a provider posts back to us, with the routing prefix in front.</summary>
    public static string NewCallbackKey(string routingPrefix) =>
        routingPrefix + RandomNumberGenerator.GetString(Base32.Alphabet, 26);

    private sealed record FactsRow(
        byte[] TokenCipher, long AmountMinor, string Currency, string Description, string? Reference,
        string? CustomerName, DateTime ExpiresLocal, string Name, string? Phone, string? OwnWords);
}
