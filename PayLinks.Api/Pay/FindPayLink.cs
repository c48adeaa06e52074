using Npgsql;
using NpgsqlTypes;
using PayLinks.Api.Brand;
using PayLinks.Core;
using PayLinks.Core.Links;
using PayLinks.Core.Payments;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Pay;

/// <summary>
/// Finds a link by the token in its address, in one round trip: the two statements travel together and are one
/// transaction, so that the merchant set by the first one holds for the second and no longer. Plain Npgsql, because
/// this is the most opened page.
/// </summary>
internal sealed class FindPayLink(NpgsqlDataSource database, Vault vault)
{
    private const int LongestText = 64;

    private const string EnterSql =
        """
        select set_config('paylinks.merchant', merchant_id::text, true), set_config('paylinks.link', id::text, true)
        from find_link($1)
        """;

    private const string ReadSql =
        """
        select l.merchant_id, l.id, l.mode, l.amount_minor, l.currency, l.description, l.reference, l.locale, l.status,
            l.expires_at, l.expires_at <= paylinks_now(), l.paid_at, l.return_url, l.code,
            m.name, m.phone, m.email, m.address, m.vat_number, m.time_zone, m.privacy_url,
            m.brand_color, m.logo_hash, m.logo_width, m.logo_height, a.profile_id, w.methods::text,
            p.id, p.status, p.checkout_url, p.failure_reason, p.method, p.card_brand, p.card_last4,
            p.created_at > paylinks_now() - interval '1 hour'
        from link l
        join merchant m on m.id = l.merchant_id
        left join mollie_account a on a.merchant_id = l.merchant_id and a.mode = l.mode
        left join method_list w on w.merchant_id = l.merchant_id and w.mode = l.mode and w.currency = l.currency
            and w.profile_id = a.profile_id and w.told_at > paylinks_now() - interval '1 hour'
        left join lateral (
            select p.*
            from payment p
            where p.merchant_id = l.merchant_id and p.link_id = l.id and (p.superseded_at is null or p.status = 'paid')
            order by (p.status = 'paid' and not p.surplus) desc,
                p.status in ('creating', 'unknown', 'open', 'pending', 'authorized') desc, p.id desc
            limit 1) p on true
        where l.merchant_id = paylinks_merchant() and l.id = nullif(current_setting('paylinks.link', true), '')::uuid
        """;

    /// <summary>
    /// The link, or null for every text that is no link's token, at the same cost whatever is wrong with it.
    /// </summary>
    public async Task<PayLink?> ExecuteAsync(string text, CancellationToken cancellationToken)
    {
        // A text that cannot be a token is looked for all the same, so that the time of the answer says nothing about
        // tokens.
        var isToken = LinkToken.TryParse(text, out var token);
        var secret = isToken ? token.Value : text[..Math.Min(text.Length, LongestText)];

        await using var batch = database.CreateBatch();
        var hashes = new NpgsqlParameter<byte[][]>
        {
            TypedValue = vault.Hashes(secret),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(EnterSql) { Parameters = { hashes } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadSql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && isToken ? Read(reader, token) : null;
    }

    private static PayLink Read(NpgsqlDataReader row, LinkToken token)
    {
        var column = 0;
        var link = new PayLink(
            token,
            MerchantId: row.GetGuid(column++),
            Id: row.GetGuid(column++),
            Mode: row.GetString(column++),
            Amount: new Money(row.GetInt64(column++), Currency.Get(row.GetString(column++))),
            Description: row.GetString(column++),
            Reference: Text(row, column++),
            Locale: row.GetString(column++),
            Status: Enum.Parse<LinkStatus>(row.GetString(column++), ignoreCase: true),
            ExpiresAt: row.GetFieldValue<DateTimeOffset>(column++),
            IsPastExpiry: row.GetBoolean(column++),
            PaidAt: row.IsDBNull(column++) ? null : row.GetFieldValue<DateTimeOffset>(column - 1),
            ReturnUrl: Text(row, column++),
            Code: Text(row, column++),
            Payee: new Payee(
                Name: row.GetString(column++),
                Phone: Text(row, column++),
                Email: row.GetString(column++),
                Address: Text(row, column++),
                VatNumber: Text(row, column++),
                TimeZone: row.GetString(column++),
                PrivacyUrl: Text(row, column++),
                Color: BrandColor.TryParse(Text(row, column++), out var color) ? color : null,
                Logo: ReadLogo(row, ref column)),
            ProfileId: Text(row, column++));
        var methods = Text(row, column++);
        return link with
        {
            // Only a link that waits to be paid offers them.
            Ways = methods is null || link.Status is not (LinkStatus.Open or LinkStatus.Processing)
                ? []
                : PaymentWays.Read(methods, link.Amount),
            Payment = row.IsDBNull(column)
                ? null
                : new PayAttempt(
                    Id: row.GetGuid(column++),
                    Status: Enum.Parse<PaymentStatus>(row.GetString(column++), ignoreCase: true),
                    CheckoutUrl: Text(row, column++),
                    FailureReason: Text(row, column++),
                    Method: Text(row, column++),
                    CardBrand: Text(row, column++),
                    CardLast4: Text(row, column++),
                    IsRecent: row.GetBoolean(column)),
        };
    }

    private static Logo? ReadLogo(NpgsqlDataReader row, ref int column)
    {
        var hash = Text(row, column++);
        var (width, height) = (column++, column++);
        return hash is null ? null : new Logo(hash, row.GetInt16(width), row.GetInt16(height));
    }

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
