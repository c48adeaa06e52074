using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Disputes;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;
using PayLinks.Core.Secrets;

namespace PayLinks.Core.Links;

/// <summary>
/// Turns rows of <c>link</c> into views, with messages, payments, refunds and disputes of all of them in one more
/// round trip.
/// </summary>
public sealed class ReadLinks(Vault vault, PayLinksOptions options)
{
    /// <summary>The columns that <see cref="Row"/> takes, in its order.</summary>
    public const string Columns =
        """
        id, mode, status, status = 'open' and expires_at <= (select paylinks_now()) as is_past, token_cipher,
        amount_minor, currency, description, reference, customer_name, customer_phone, customer_email, locale,
        created_at, created_by, expires_at, paid_at, canceled_at, late, return_url, metadata::text as metadata, code
        """;

    private const string FindSql =
        $"select {Columns} from link where merchant_id = paylinks_merchant() and id = any (@ids)";

    private const string MessagesSql =
        """
        select link_id, id, channel, purpose, recipient, status, reason, created_at
        from message where merchant_id = paylinks_merchant() and link_id = any (@ids) order by id
        """;

    private const string PaymentsSql =
        """
        select link_id, id, status, method, card_brand, card_last4, failure_reason, surplus, created_at
        from payment where merchant_id = paylinks_merchant() and link_id = any (@ids) order by id
        """;

    // With the link's sum as of the same instant, so that no answer shows a refund that it does not count.
    private const string RefundsSql =
        """
        select r.link_id, r.id, r.payment_id, r.status, r.cause, r.amount_minor, r.currency, r.reason, r.failure_reason,
            r.created_at, r.refunded_at, l.refunded_minor
        from refund r join link l on l.merchant_id = r.merchant_id and l.id = r.link_id
        where r.merchant_id = paylinks_merchant() and r.link_id = any (@ids) order by r.id
        """;

    private const string DisputesSql =
        """
        select link_id, id, payment_id, status, amount_minor, currency, reason, received_at, reversed_at
        from dispute where merchant_id = paylinks_merchant() and link_id = any (@ids) order by id
        """;

    /// <summary>The merchant's links with these ids, by id; those that are not there are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, LinkView>> FindAsync(
        MerchantTransaction transaction, IEnumerable<Guid> linkIds)
    {
        var ids = linkIds.Distinct().ToArray();
        var rows = await transaction.Connection.QueryAsync<Row>(FindSql, new { ids });
        return (await ToViewsAsync(transaction, rows.AsList())).ToDictionary(link => link.Id);
    }

    public async Task<IReadOnlyList<LinkView>> ToViewsAsync(MerchantTransaction transaction, IReadOnlyList<Row> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.Select(row => row.Id).ToArray();
        await using var all = await transaction.Connection.QueryMultipleAsync(
            $"{MessagesSql};{PaymentsSql};{RefundsSql};{DisputesSql}", new { ids });
        var messages = (await all.ReadAsync<MessageRow>()).ToLookup(row => row.LinkId, row => row.ToView());
        var payments = (await all.ReadAsync<PaymentRow>()).ToLookup(row => row.LinkId, row => row.ToView());
        var refunds = (await all.ReadAsync<RefundRow>()).ToLookup(row => row.LinkId);
        var disputes = (await all.ReadAsync<DisputeRow>()).ToLookup(row => row.LinkId, row => row.ToView());
        return
        [
            .. rows.Select(row => ToView(row) with
            {
                Messages = [.. messages[row.Id]],
                Payments = [.. payments[row.Id]],
                Refunds = [.. refunds[row.Id].Select(refund => refund.ToView())],
                Refunded = new Money(
                    refunds[row.Id].FirstOrDefault()?.RefundedMinor ?? 0, Currency.Get(row.Currency)),
                Disputes = [.. disputes[row.Id]],
            }),
        ];
    }

    private LinkView ToView(Row row)
    {
        var currency = Currency.Get(row.Currency);
        return new LinkView(
            row.Id,
            row.Mode,
            row.IsPast ? LinkStatus.Expired : row.Status,
            options.LinkUrl(vault.OpenText(row.TokenCipher, LinkToken.Purpose(row.Id))),
            new Money(row.AmountMinor, currency),
            row.Description,
            row.Reference,
            row.CustomerName,
            row.CustomerPhone,
            row.CustomerEmail,
            row.Locale,
            row.CreatedAt,
            row.CreatedBy,
            row.ExpiresAt,
            row.PaidAt,
            row.CanceledAt,
            row.Late,
            new Money(0, currency),
            row.ReturnUrl,
            JsonSerializer.Deserialize(row.Metadata, LinkJson.Default.DictionaryStringString)!)
        {
            Code = row.Code,
        };
    }

    public sealed record Row(
        Guid Id, string Mode, LinkStatus Status, bool IsPast, byte[] TokenCipher, long AmountMinor, string Currency,
        string Description, string? Reference, string? CustomerName, string? CustomerPhone, string? CustomerEmail,
        string Locale, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ExpiresAt, DateTimeOffset? PaidAt,
        DateTimeOffset? CanceledAt, bool Late, string? ReturnUrl, string Metadata, string? Code);

    private sealed record MessageRow(
        Guid LinkId, Guid Id, MessageChannel Channel, MessagePurpose Purpose, string Recipient, MessageStatus Status,
        string? Reason, DateTimeOffset CreatedAt)
    {
        public MessageView ToView() => new(Id, Channel, Purpose, Recipient, Status, Reason, CreatedAt);
    }

    private sealed record RefundRow(
        Guid LinkId, Guid Id, Guid PaymentId, RefundStatus Status, RefundCause Cause, long AmountMinor, string Currency,
        string? Reason, string? FailureReason, DateTimeOffset CreatedAt, DateTimeOffset? RefundedAt, long RefundedMinor)
    {
        public RefundView ToView() => new(
            Id, PaymentId, Status, Cause, new Money(AmountMinor, Core.Currency.Get(Currency)), Reason, FailureReason,
            CreatedAt, RefundedAt);
    }

    private sealed record DisputeRow(
        Guid LinkId, Guid Id, Guid PaymentId, DisputeStatus Status, long AmountMinor, string Currency, string? Reason,
        DateTimeOffset ReceivedAt, DateTimeOffset? ReversedAt)
    {
        public DisputeView ToView() => new(
            Id, PaymentId, Status, new Money(AmountMinor, Core.Currency.Get(Currency)), Reason, ReceivedAt, ReversedAt);
    }

    private sealed record PaymentRow(
        Guid LinkId, Guid Id, PaymentStatus Status, string? Method, string? CardBrand, string? CardLast4,
        string? FailureReason, bool Surplus, DateTimeOffset CreatedAt)
    {
        public PaymentView ToView() =>
            new(Id, Status, Method, CardBrand, CardLast4, FailureReason, Surplus, CreatedAt);
    }
}
