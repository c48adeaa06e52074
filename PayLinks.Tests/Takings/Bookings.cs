using PayLinks.Core;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Takings;

/// <summary>
/// Writes payments, refunds and disputes into the books as of any instant: what takes the real ones years. That the
/// real ones end up there is proven by <see cref="RealTakingsTests"/>.
/// </summary>
public sealed class Bookings(TestSystem paylinks)
{
    /// <summary>A link of the merchant's that was paid then.</summary>
    /// <returns>The payment's id.</returns>
    public async Task<Guid> PaidAsync(
        DateTimeOffset at, long minor = 4990, string currency = "EUR", string mode = "test", string? last4 = null,
        string reference = "1042", string description = "Ordine 1042: trapano")
    {
        var order = Merchant.Order();
        order["reference"] = reference;
        order["description"] = description;
        var link = await paylinks.Merchant.CreateLinkAsync(order);
        await paylinks.Database.ExecuteAsync(
            """
            update link
            set status = 'paid', paid_at = @at, amount_minor = @minor, currency = @currency, mode = @mode
            where id = @Id
            """,
            new { Id = IdOf(link), at, minor, currency, mode });
        return await PayAsync(IdOf(link), at, minor, currency, mode, last4: last4);
    }

    public async Task<Guid> PayAsync(
        Guid linkId, DateTimeOffset at, long minor, string currency = "EUR", string mode = "test",
        bool surplus = false, string? last4 = null)
    {
        var id = Guid.CreateVersion7();
        await paylinks.Database.ExecuteAsync(
            """
            insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, mollie_id, card_last4,
                callback_key_hash, surplus, created_at, paid_at)
            values (@MerchantId, @id, @linkId, @mode, 'paid', @minor, @currency, @MollieId, @last4,
                '\x00', @surplus, @at, @at)
            """,
            new
            {
                paylinks.MerchantId,
                id,
                linkId,
                mode,
                minor,
                currency,
                MollieId = "tr_" + id.ToString("N"),
                last4,
                surplus,
                at,
            });
        return id;
    }

    /// <param name="at">Null: it failed.</param>
    public Task RefundAsync(Guid paymentId, long minor, DateTimeOffset? at) => paylinks.Database.ExecuteAsync(
        """
        insert into refund (merchant_id, id, link_id, payment_id, mode, cause, status, amount_minor, currency,
            requested_by, mollie_id, failure_reason, created_at, refunded_at)
        select merchant_id, @Id, link_id, id, mode, 'merchant',
            case when @at::timestamptz is null then 'failed' else 'refunded' end, @minor, currency, 'usr_1', @MollieId,
            case when @at::timestamptz is null then 'failed_at_bank' end, coalesce(@at, paylinks_now()), @at
        from payment where id = @paymentId
        """,
        new { Id = Guid.CreateVersion7(), MollieId = NewMollieId("re"), paymentId, minor, at });

    public Task DisputeAsync(Guid paymentId, long minor, DateTimeOffset at, DateTimeOffset? reversedAt = null) =>
        paylinks.Database.ExecuteAsync(
            """
            insert into dispute (merchant_id, id, link_id, payment_id, mode, status, mollie_id, amount_minor, currency,
                received_at, reversed_at)
            select merchant_id, @Id, link_id, id, mode,
                case when @reversedAt::timestamptz is null then 'received' else 'reversed' end, @MollieId, @minor,
                currency, @at, @reversedAt
            from payment where id = @paymentId
            """,
            new { Id = Guid.CreateVersion7(), MollieId = NewMollieId("chb"), paymentId, minor, at, reversedAt });

    /// <summary>A payment of an open link that the bank refused a moment ago.</summary>
    public Task RefuseAsync(Link link) => paylinks.Database.ExecuteAsync(
        """
        insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, mollie_id,
            callback_key_hash, created_at)
        values (@MerchantId, @Id, @LinkId, 'test', 'failed', 4990, 'EUR', @MollieId, '\x00', paylinks_now())
        """,
        new
        {
            paylinks.MerchantId,
            Id = Guid.CreateVersion7(),
            LinkId = IdOf(link),
            MollieId = NewMollieId("tr"),
        });

    public async Task<Guid> LinkOfAsync(Guid paymentId) => await paylinks.Database.ReadAsync<Guid>(
        "select link_id from payment where id = @paymentId", new { paymentId });

    public static Guid IdOf(Link link) =>
        PublicId.TryParse(PublicId.Link, link.Id, out var id) ? id : throw new FormatException(link.Id);

    private static string NewMollieId(string prefix) => $"{prefix}_{Guid.CreateVersion7():N}";
}
