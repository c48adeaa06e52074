using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Reconciliation;

namespace PayLinks.Worker.Reconciliation;

/// <summary>What our books say of something that Mollie has, or should have.</summary>
/// <param name="Id">Mollie's id.</param>
/// <param name="MolliePaymentId">Mollie's id of the payment it belongs to.</param>
/// <param name="PaymentId">Our payment that it is, or belongs to; null if there is none.</param>
/// <param name="Entry">Null if only its payment is known here.</param>
internal sealed record Known(string Id, string MolliePaymentId, Guid? PaymentId, Guid? LinkId, BookEntry? Entry);

/// <summary>Reads our side of a comparison.</summary>
internal sealed class ReadOurBooks(NpgsqlDataSource database)
{
    // A payment whose creation was never answered does not know its id at Mollie yet; the metadata do.
    private const string FindPaymentsSql =
        $"""
        select listed.id, listed.id as mollie_payment_id, p.id as payment_id, p.link_id, {PaymentColumns}
        from unnest(@Ids, @OurPayments) as listed (id, our_payment)
        join lateral (
            select * from payment p
            where p.merchant_id = paylinks_merchant() and p.mode = @Mode and p.mollie_id = listed.id
            union all
            select * from payment p
            where p.merchant_id = paylinks_merchant() and p.mode = @Mode and p.id = listed.our_payment
                and p.mollie_id is null
            limit 1) p on true
        """;

    private const string FindRefundsSql =
        $"""
        select listed.id, p.mollie_id as mollie_payment_id, p.id as payment_id, p.link_id, {RefundColumns}
        from unnest(@Ids, @Payments) as listed (id, payment)
        join payment p on p.merchant_id = paylinks_merchant() and p.mode = @Mode and p.mollie_id = listed.payment
        left join refund r on r.merchant_id = p.merchant_id and r.mollie_id = listed.id
        """;

    private const string FindDisputesSql =
        $"""
        select listed.id, p.mollie_id as mollie_payment_id, p.id as payment_id, p.link_id, {DisputeColumns}
        from unnest(@Ids, @Payments) as listed (id, payment)
        join payment p on p.merchant_id = paylinks_merchant() and p.mode = @Mode and p.mollie_id = listed.payment
        left join dispute d on d.merchant_id = p.merchant_id and d.mollie_id = listed.id
        """;

    private const string UnlistedPaymentsSql =
        $"""
        select p.mollie_id as id, p.mollie_id as mollie_payment_id, p.id as payment_id, p.link_id, {PaymentColumns}
        from payment p
        where p.merchant_id = paylinks_merchant() and p.mode = @Mode and p.mollie_id is not null
            and p.created_at >= @Since and p.created_at < @Until and p.id >= lowest_id_since(@Since)
            and not exists (select from unnest(@Listed) as listed (id) where listed.id = p.mollie_id)
        """;

    private const string UnlistedRefundsSql =
        $"""
        select r.mollie_id as id, p.mollie_id as mollie_payment_id, p.id as payment_id, p.link_id, {RefundColumns}
        from refund r join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id
        where r.merchant_id = paylinks_merchant() and r.mode = @Mode and r.mollie_id is not null
            and r.created_at >= @Since and r.created_at < @Until and r.id >= lowest_id_since(@Since)
            and not exists (select from unnest(@Listed) as listed (id) where listed.id = r.mollie_id)
        """;

    private const string UnlistedDisputesSql =
        $"""
        select d.mollie_id as id, p.mollie_id as mollie_payment_id, p.id as payment_id, p.link_id, {DisputeColumns}
        from dispute d join payment p on p.merchant_id = d.merchant_id and p.id = d.payment_id
        where d.merchant_id = paylinks_merchant() and d.mode = @Mode
            and d.received_at >= @Since and d.received_at < @Until and d.id >= lowest_id_since(@Since)
            and not exists (select from unnest(@Listed) as listed (id) where listed.id = d.mollie_id)
        """;

    private const string PaymentColumns =
        """
        p.status, p.status = 'paid' as moved, p.amount_minor, p.currency,
            (select coalesce(sum(r.amount_minor), 0)::bigint from refund r
                where r.merchant_id = p.merchant_id and r.payment_id = p.id
                    and r.status in ('queued', 'pending', 'processing', 'refunded')) as refunded_minor,
            (select coalesce(sum(d.amount_minor), 0)::bigint from dispute d
                where d.merchant_id = p.merchant_id and d.payment_id = p.id
                    and d.status = 'received') as disputed_minor
        """;

    private const string RefundColumns =
        """
        r.status, r.status in ('queued', 'pending', 'processing', 'refunded') as moved, r.amount_minor, r.currency,
            null::bigint as refunded_minor, null::bigint as disputed_minor
        """;

    private const string DisputeColumns =
        """
        d.status, d.status = 'received' as moved, d.amount_minor, d.currency,
            null::bigint as refunded_minor, null::bigint as disputed_minor
        """;

    /// <summary>Ours of these lines, by Mollie's id. Lines of payments that are not ours are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Known>> FindAsync(
        Account account, BookSubject about, IReadOnlyCollection<Listed> listed, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            account,
            about switch
            {
                BookSubject.Payment => FindPaymentsSql,
                BookSubject.Refund => FindRefundsSql,
                BookSubject.Dispute => FindDisputesSql,
            },
            new
            {
                account.Mode,
                Ids = listed.Select(line => line.Id).ToArray(),
                Payments = listed.Select(line => line.PaymentId).ToArray(),
                OurPayments = listed.Select(line => line.OurPayment).ToArray(),
            },
            cancellationToken);
        return found.ToDictionary(known => known.Id, StringComparer.Ordinal);
    }

    /// <summary>What we have as Mollie's from this period, and no list has named.</summary>
    public Task<IReadOnlyList<Known>> UnlistedAsync(
        Account account, BookSubject about, (DateTimeOffset Since, DateTimeOffset Until) period,
        IReadOnlySet<string> listed, CancellationToken cancellationToken) =>
        ReadAsync(
            account,
            about switch
            {
                BookSubject.Payment => UnlistedPaymentsSql,
                BookSubject.Refund => UnlistedRefundsSql,
                BookSubject.Dispute => UnlistedDisputesSql,
            },
            new { account.Mode, period.Since, period.Until, Listed = listed.ToArray() },
            cancellationToken);

    private async Task<IReadOnlyList<Known>> ReadAsync(
        Account account, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(account.MerchantId, cancellationToken);
        var rows = await transaction.Connection.QueryAsync<Row>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToKnown())];
    }

    private sealed record Row(
        string Id, string MolliePaymentId, Guid? PaymentId, Guid? LinkId, string? Status, bool? Moved,
        long? AmountMinor, string? Currency, long? RefundedMinor, long? DisputedMinor)
    {
        public Known ToKnown() => new(Id, MolliePaymentId, PaymentId, LinkId, Entry());

        private BookEntry? Entry()
        {
            if (Status is null)
            {
                return null;
            }

            var currency = Core.Currency.Get(Currency!);
            return new BookEntry(
                Status, Moved!.Value, new Money(AmountMinor!.Value, currency).Value, currency.Code,
                RefundedMinor is { } refunded ? new Money(refunded, currency).Value : null,
                DisputedMinor is { } disputed ? new Money(disputed, currency).Value : null);
        }
    }
}
