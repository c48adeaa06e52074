using System.Globalization;
using System.Text.Json;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Wire;
using static PayLinks.Bench.Statements;

namespace PayLinks.Bench;

/// <summary>
/// What PayLinks reads to list the newest 50 links, in two round trips: the links, then what belongs to them. Answered
/// in its words, with nothing unsealed.
/// </summary>
internal static class SameList
{
    private const int Page = 50;

    private const string LinksSql =
        """
        select id, mode, status, status = 'open' and expires_at <= (select paylinks_now()) as is_past, token_cipher,
            amount_minor, currency, description, reference, customer_name, customer_phone, customer_email, locale,
            created_at, created_by, expires_at, paid_at, canceled_at, late, return_url, metadata::text as metadata, code
        from link
        where merchant_id = paylinks_merchant() and mode = 'test'
        order by id desc
        limit 51
        """;

    private const string MessagesSql =
        """
        select link_id, id, channel, purpose, recipient, status, reason, created_at
        from message where merchant_id = paylinks_merchant() and link_id = any ($1) order by id
        """;

    private const string PaymentsSql =
        """
        select link_id, id, status, method, card_brand, card_last4, failure_reason, surplus, created_at
        from payment where merchant_id = paylinks_merchant() and link_id = any ($1) order by id
        """;

    private const string RefundsSql =
        """
        select r.link_id, r.id, r.payment_id, r.status, r.cause, r.amount_minor, r.currency, r.reason, r.failure_reason,
            r.created_at, r.refunded_at, l.refunded_minor
        from refund r join link l on l.merchant_id = r.merchant_id and l.id = r.link_id
        where r.merchant_id = paylinks_merchant() and r.link_id = any ($1) order by r.id
        """;

    private const string DisputesSql =
        """
        select link_id, id, payment_id, status, amount_minor, currency, reason, received_at, reversed_at
        from dispute where merchant_id = paylinks_merchant() and link_id = any ($1) order by id
        """;

    public static async Task<object> ReadAsync(NpgsqlDataSource database, string merchant)
    {
        var links = new Dictionary<Guid, LinkAnswer>();
        await using var connection = await database.OpenConnectionAsync();
        await using (var batch = connection.CreateBatch())
        {
            batch.Add(EnterSql, Value(merchant));
            batch.Add(LinksSql);
            await using var row = await batch.ExecuteReaderAsync();
            await row.NextResultAsync();
            while (await row.ReadAsync() && links.Count < Page)
            {
                links.Add(row.GetGuid(0), ReadLink(row));
            }
        }

        await using (var batch = connection.CreateBatch())
        {
            var ids = links.Keys.ToArray();
            batch.Add(EnterSql, Value(merchant));
            batch.Add(MessagesSql, Value(ids));
            batch.Add(PaymentsSql, Value(ids));
            batch.Add(RefundsSql, Value(ids));
            batch.Add(DisputesSql, Value(ids));
            await using var row = await batch.ExecuteReaderAsync();
            await row.NextResultAsync();
            while (await row.ReadAsync())
            {
                ((List<MessageAnswer>)links[row.GetGuid(0)].Messages).Add(new MessageAnswer(
                    PublicId.Format(PublicId.Message, row.GetGuid(1)), row.GetString(2), row.GetString(3),
                    row.GetString(4), row.GetString(5), Text(row, 6)));
            }

            // The rest is asked for, but there is none.
        }

        return new { Data = links.Values, HasMore = true, NextCursor = new string('x', 39) };
    }

    /// <summary>The same for <c>pgbench</c>.</summary>
    public static string Script(string merchant)
    {
        var newest = Enumerable.Range(FewLinks.Number - Page + 1, Page).Select(FewLinks.Id);
        var ids = $"'{{{string.Join(',', newest)}}}'::uuid[]";
        var enter = With(EnterSql, $"'{merchant}'");
        return Statements.Script(
            FewLinks.Number, enter, LinksSql, With(MessagesSql, ids), With(PaymentsSql, ids), With(RefundsSql, ids),
            With(DisputesSql, ids));
    }

    private static LinkAnswer ReadLink(NpgsqlDataReader row) => new(
        PublicId.Format(PublicId.Link, row.GetGuid(0)),
        row.GetString(1),
        row.GetBoolean(3) ? "expired" : row.GetString(2),
        $"http://127.0.0.1:12345/p/{Convert.ToHexStringLower(row.GetFieldValue<byte[]>(4))[..27]}",
        new AmountAnswer((row.GetInt64(5) / 100m).ToString("0.00", CultureInfo.InvariantCulture), row.GetString(6)),
        row.GetString(7),
        Text(row, 8),
        new CustomerAnswer(Text(row, 9), Text(row, 10), Text(row, 11), row.GetString(12)),
        row.GetFieldValue<DateTimeOffset>(13),
        row.GetString(14),
        row.GetFieldValue<DateTimeOffset>(15),
        Time(row, 16),
        Time(row, 17),
        row.GetBoolean(18),
        new AmountAnswer("0.00", row.GetString(6)),
        Text(row, 19),
        new List<MessageAnswer>(),
        [],
        [],
        [],
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(20))!);

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
