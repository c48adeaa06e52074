using Npgsql;
using static PayLinks.Bench.Statements;

namespace PayLinks.Bench;

/// <summary>What PayLinks reads to show a link to its customer, in one round trip, with no token to hash.</summary>
internal static class SamePage
{
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

    public static async Task<object> ReadAsync(NpgsqlDataSource database, byte[] hash)
    {
        await using var batch = database.CreateBatch();
        batch.Add(EnterSql, Value<byte[][]>([hash]));
        batch.Add(ReadSql);
        await using var row = await batch.ExecuteReaderAsync();
        await row.NextResultAsync();
        await row.ReadAsync();
        return new
        {
            MerchantId = row.GetGuid(0),
            Id = row.GetGuid(1),
            Mode = row.GetString(2),
            AmountMinor = row.GetInt64(3),
            Currency = row.GetString(4),
            Description = row.GetString(5),
            Reference = Text(6),
            Locale = row.GetString(7),
            Status = row.GetString(8),
            ExpiresAt = row.GetFieldValue<DateTimeOffset>(9),
            IsPast = row.GetBoolean(10),
            PaidAt = Maybe<DateTimeOffset>(11),
            ReturnUrl = Text(12),
            Code = Text(13),
            Name = row.GetString(14),
            Phone = Text(15),
            Email = row.GetString(16),
            Address = Text(17),
            VatNumber = Text(18),
            TimeZone = row.GetString(19),
            PrivacyUrl = Text(20),
            Color = Text(21),
            Logo = Text(22),
            LogoWidth = Maybe<short>(23),
            LogoHeight = Maybe<short>(24),
            ProfileId = Text(25),
            Methods = Text(26),
            PaymentId = Maybe<Guid>(27),
            PaymentStatus = Text(28),
            CheckoutUrl = Text(29),
            FailureReason = Text(30),
            Method = Text(31),
            CardBrand = Text(32),
            CardLast4 = Text(33),
            IsRecent = Maybe<bool>(34),
        };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        T? Maybe<T>(int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
    }

    /// <summary>The same for <c>pgbench</c>.</summary>
    public static string Script() =>
        Statements.Script(FewLinks.Number, With(EnterSql, $"array[{BareSubject.HashSql}]"), ReadSql);
}
