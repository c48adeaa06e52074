using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Refunds;
using PayLinks.Core.Texts;

namespace PayLinks.Worker.Sending;

/// <summary>
/// A message with all that its text needs. The merchant's local times come from the database, which knows the time
/// zones.
/// </summary>
/// <param name="LeaseAge">How long ago the latest attempt began.</param>
/// <param name="Remaining">How long the link can still be paid.</param>
/// <param name="ExpiresLocal">The link's expiry on the merchant's clock.</param>
/// <param name="PaidLocal">The payment's time on the merchant's clock.</param>
/// <param name="ReturnedMinor">How much the refund or dispute is about that the message tells of.</param>
/// <param name="RefundCause">Who wanted the money to go back: a word of <see cref="RefundCause"/>.</param>
/// <param name="ReturnStatus">Where that refund or dispute stands.</param>
/// <param name="EmailFromName">Instead of the merchant's name.</param>
/// <param name="EmailReplyTo">Instead of the merchant's address.</param>
/// <param name="CustomerPhone">The link's, whoever the message goes to.</param>
/// <param name="TimeZone">The merchant's.</param>
/// <param name="TextsUsed">Segments used of the day that the message tells of; null if it tells of none.</param>
/// <param name="TextsPerDay">The merchant's budget for a day.</param>
/// <param name="CustomerSaid">What the customer has said that the message tells of.</param>
/// <param name="OnCall">Somebody talks with the customer while it is sent.</param>
/// <param name="OwnSubject">The merchant's own words for it, where there are any.</param>
internal sealed record OutgoingMessage(
    Guid Id, Guid LinkId, string Mode, MessageChannel Channel, MessagePurpose Purpose, string Recipient, string Locale,
    short Attempt, int LeaseEpoch, TimeSpan LeaseAge, byte[] CallbackKeyCipher, byte[] TokenCipher,
    long AmountMinor, string Currency, string Description, string? Reference, string? CustomerName,
    TimeSpan Remaining, DateTime ExpiresLocal, DateTimeOffset? PaidAt, DateTime? PaidLocal, bool Late,
    string? Method, string? CardBrand, string? CardLast4,
    long? ReturnedMinor, RefundCause? RefundCause, string? ReturnStatus, string? ReturnReason,
    int? TextsUsed, int TextsPerDay, CustomersWord? CustomerSaid,
    string MerchantName, string? MerchantPhone, string MerchantEmail, string? MerchantAddress, string? VatNumber,
    string SmsSender, string EmailFrom, string? EmailFromName, string? EmailReplyTo,
    string? CustomerPhone, string TimeZone, DateTimeOffset Now, bool OnCall, string? OwnSubject, string? OwnBody)
{
    public Money Amount => new(AmountMinor, Core.Currency.Get(Currency));

    /// <summary>What goes back, or went, in a message about a refund or a dispute.</summary>
    public Money Returned => new(ReturnedMinor ?? 0, Core.Currency.Get(Currency));

    public bool IsTest => Mode == "test";

    /// <summary>What it says to a customer; notices to the merchant are something else.</summary>
    public TextKind? Kind => TextKinds.Of(Purpose, Channel, OnCall);

    /// <summary>Whether it asks for a payment, as opposed to telling about one.</summary>
    public bool Invites => Purpose.Invites();

    /// <summary>How long the customer is not to be reminded yet; null when the message may go out now.</summary>
    public TimeSpan? QuietFor =>
        Purpose == MessagePurpose.Reminder
        && CustomerClock.Of(CustomerPhone, Locale, TimeZone).AfterQuiet(Now) is var morning && morning > Now
            ? morning - Now
            : null;

    /// <exception cref="InvalidOperationException">It is a notice.</exception>
    public MessageFacts Facts(string linkUrl) => new(
        Kind!.Value, Locale, IsTest, MerchantName, MerchantPhone,
        Purpose == MessagePurpose.Refund ? Returned : Amount, Description, Reference, CustomerName, ExpiresLocal,
        linkUrl);

    /// <summary>Only the id: log lines and errors must name nobody.</summary>
    public override string ToString() => PublicId.Format(PublicId.Message, Id);
}

internal static class LoadOutgoing
{
    private const string LoadSql =
        """
        select m.id, m.link_id, m.mode, m.channel, m.purpose, m.recipient, m.locale,
            m.attempt, m.lease_epoch, t.now - m.lease_started_at as lease_age,
            m.callback_key_cipher, l.token_cipher,
            l.amount_minor, l.currency, l.description, l.reference, l.customer_name,
            l.expires_at - t.now as remaining, l.expires_at at time zone b.time_zone as expires_local,
            p.paid_at, p.paid_at at time zone b.time_zone as paid_local, l.late,
            p.method, p.card_brand, p.card_last4,
            coalesce(r.amount_minor, d.amount_minor) as returned_minor, r.cause as refund_cause,
            coalesce(r.status, d.status) as return_status, coalesce(r.reason, d.reason) as return_reason,
            s.segments as texts_used, b.sms_segments_per_day as texts_per_day, m.customer_said,
            b.name as merchant_name, b.phone as merchant_phone, b.email as merchant_email,
            b.address as merchant_address, b.vat_number, b.sms_sender, b.email_from, b.email_from_name,
            b.email_reply_to, l.customer_phone, b.time_zone, t.now, m.on_call,
            w.subject as own_subject, w.body as own_body
        from (select paylinks_now() as now offset 0) t
        cross join message m
        join link l on l.merchant_id = m.merchant_id and l.id = m.link_id
        join merchant b on b.id = m.merchant_id
        left join refund r on r.merchant_id = m.merchant_id and r.id = m.refund_id
        left join dispute d on d.merchant_id = m.merchant_id and d.id = m.dispute_id
        left join sms_day s on s.merchant_id = m.merchant_id and s.day = m.sms_day
        left join lateral (
            select paid_at, method, card_brand, card_last4 from payment
            where merchant_id = m.merchant_id and link_id = m.link_id and status = 'paid' and not surplus
                and m.purpose not in ('link', 'reminder')
            limit 1) p on true
        left join text_template w on w.merchant_id = m.merchant_id and w.channel = m.channel
            and w.purpose = case
                when m.purpose = 'link' and m.channel = 'sms' and m.on_call then 'desk'
                else m.purpose
            end
            and w.language = case
                when left(m.locale, 2) in ('it', 'de', 'fr', 'es') then left(m.locale, 2)
                else 'en'
            end
        where m.merchant_id = paylinks_merchant() and m.id = 
        """;

    private const string LoadManySql = $"{LoadSql}any(@ids)";

    // A plan for arrays costs more than to plan anew for one, so PostgreSQL would do that every time: 2 ms.
    private const string LoadOneSql = $"{LoadSql}(@ids)[1]";

    extension(NpgsqlDataSource database)
    {
        /// <summary>The merchant's messages with these ids, with what their texts need.</summary>
        public Task<IReadOnlyList<OutgoingMessage>> LoadOutgoingAsync(Guid merchantId, Guid[] ids) =>
            database.AskAsync<IReadOnlyList<OutgoingMessage>>(
                merchantId, ids.Length == 1 ? LoadOneSql : LoadManySql, new { ids },
                async answers => (await answers.ReadAsync<OutgoingMessage>()).AsList());
    }
}
