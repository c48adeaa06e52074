using Dapper;
using Npgsql;
using PayLinks.Core;

namespace PayLinks.Tests.Ledgers;

// What the database says, as far as the invariants are about it. Statuses stay text: a checker shares no code with what
// it checks.

internal sealed record OurLink(
    Guid MerchantId, Guid Id, string Status, long AmountMinor, string Currency, long RefundedMinor, int LastSequence,
    DateTime ExpiresAt)
{
    public string Name => PublicId.Format(PublicId.Link, Id);
}

internal sealed record OurPayment(
    Guid MerchantId, Guid Id, Guid LinkId, string Status, long AmountMinor, string Currency, string? MollieId,
    bool Surplus, bool Quarantined)
{
    public string Name => PublicId.Format(PublicId.Payment, Id);
}

internal sealed record OurRefund(
    Guid MerchantId, Guid Id, Guid LinkId, Guid PaymentId, string Cause, string Status, long AmountMinor,
    string Currency, string? MollieId)
{
    public string Name => PublicId.Format(PublicId.Refund, Id);
}

internal sealed record OurDispute(
    Guid Id, Guid LinkId, Guid PaymentId, string Status, long AmountMinor, string Currency, string MollieId)
{
    public string Name => PublicId.Format(PublicId.Dispute, Id);
}

internal sealed record OurMessage(
    Guid Id, Guid LinkId, string Channel, string Purpose, string Recipient, string Status, string? ProviderId,
    DateTime? LeaseStartedAt)
{
    public string Name => PublicId.Format(PublicId.Message, Id);
}

internal sealed record OurEvent(
    Guid Id, Guid LinkId, int Sequence, string Type, string? LinkFrom, string? LinkTo, Guid? PaymentId,
    string? PaymentFrom, string? PaymentTo, Guid? MessageId, string? MessageTo, Guid? RefundId, string? RefundFrom,
    string? RefundTo, DateTime CreatedAt)
{
    public string Name => PublicId.Format(PublicId.Event, Id);
}

/// <summary>An event of which an endpoint is to be told.</summary>
internal sealed record OurNotice(Guid EventId, string Url, string Status)
{
    public string Event => PublicId.Format(PublicId.Event, EventId);
}

/// <summary>The second ledger: one moment of the database, of all merchants.</summary>
internal sealed record OurBooks(
    IReadOnlyList<OurLink> Links, IReadOnlyList<OurPayment> Payments, IReadOnlyList<OurRefund> Refunds,
    IReadOnlyList<OurDispute> Disputes, IReadOnlyList<OurMessage> Messages, IReadOnlyList<OurEvent> Events,
    IReadOnlyList<OurNotice> Notices, ILookup<string, Guid> MerchantsByProfile,
    IReadOnlyList<(string Event, string Endpoint)> EventsWithoutNotice)
{
    private const string LinksSql =
        """
        select merchant_id, id, status, amount_minor, currency, refunded_minor, last_sequence, expires_at from link
        """;

    private const string PaymentsSql =
        """
        select merchant_id, id, link_id, status, amount_minor, currency, mollie_id, surplus,
            quarantined_at is not null as quarantined
        from payment
        """;

    private const string RefundsSql =
        """
        select merchant_id, id, link_id, payment_id, cause, status, amount_minor, currency, mollie_id from refund
        """;

    private const string DisputesSql =
        "select id, link_id, payment_id, status, amount_minor, currency, mollie_id from dispute";

    private const string MessagesSql =
        "select id, link_id, channel, purpose, recipient, status, provider_id, lease_started_at from message";

    private const string EventsSql =
        """
        select id, link_id, sequence, type, link_from, link_to, payment_id, payment_from, payment_to, message_id,
            message_to, refund_id, refund_from, refund_to, created_at
        from event order by link_id, sequence
        """;

    private const string NoticesSql =
        """
        select n.event_id, w.url, n.status
        from notice n join webhook_endpoint w on w.merchant_id = n.merchant_id and w.id = n.endpoint_id
        """;

    // A second of grace, because an endpoint that is being made or ended hears of what happens from its commit on.
    private const string EventsWithoutNoticeSql =
        """
        select e.type || ' of ' || e.link_id as event, w.url as endpoint
        from event e
        join webhook_endpoint w on w.merchant_id = e.merchant_id and w.mode = e.mode
            and e.created_at > w.created_at + interval '1 second'
            and w.disabled_at is null and w.deleted_at is null
            and (w.event_types = '{}' or e.type = any (w.event_types))
        where not exists (select from notice n
            where n.merchant_id = e.merchant_id and n.event_id = e.id and n.endpoint_id = w.id)
        """;

    /// <param name="connectionString">Of a role that reads every merchant's rows, like the one for dumps.</param>
    public static async Task<OurBooks> ReadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        return new OurBooks(
            await ReadAsync<OurLink>(LinksSql),
            await ReadAsync<OurPayment>(PaymentsSql),
            await ReadAsync<OurRefund>(RefundsSql),
            await ReadAsync<OurDispute>(DisputesSql),
            await ReadAsync<OurMessage>(MessagesSql),
            await ReadAsync<OurEvent>(EventsSql),
            await ReadAsync<OurNotice>(NoticesSql),
            (await ReadAsync<(string Profile, Guid Merchant)>("select profile_id, merchant_id from mollie_account"))
                .ToLookup(account => account.Profile, account => account.Merchant),
            await ReadAsync<(string, string)>(EventsWithoutNoticeSql));

        async Task<IReadOnlyList<T>> ReadAsync<T>(string sql) => (await connection.QueryAsync<T>(sql)).AsList();
    }
}
