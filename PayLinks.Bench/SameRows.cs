using Npgsql;
using static PayLinks.Bench.Statements;

namespace PayLinks.Bench;

/// <summary>
/// The rows that PayLinks stores for a link that is sent by SMS, in its own tables: the link, its first event, the
/// message and the kept answer. Written by hand, with nothing looked up, checked, sealed or limited.
/// </summary>
internal static class SameRows
{
    private const string LinkSql =
        """
        with made as (
            insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
                reference, customer_name, customer_phone, locale, created_at, created_by, expires_at, remind_at,
                metadata, expiry_due_at, last_sequence, unsent, emailed)
            values (paylinks_merchant(), $1, 'test', $2, $2 || $2, $3, 'EUR', $4, '1042', 'Anna', $5, 'it-IT', now(),
                'key_1', now() + interval '3 days', now() + interval '2 days', '{}', now() + interval '3 days', 1,
                false, false)
            returning merchant_id, id, mode)
        insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at)
        select merchant_id, $6, id, mode, 1, 'link.created', 'key_1', now() from made
        """;

    private const string MessageSql =
        """
        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, on_call,
            segments, callback_key_hash, callback_key_cipher, status, due_at, created_at)
        values (paylinks_merchant(), $1, $2, 'test', 'sms', 'link', $3, 'it-IT', 1, false, 1, $4, $4 || $4, 'queued',
            now(), now())
        """;

    private const string AnswerSql =
        """
        insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
        values (paylinks_merchant(), 'test', $1, $2, 201, $3, now())
        """;

    /// <summary>In one round trip, which is a transaction.</summary>
    public static async Task StoreAsync(NpgsqlDataSource database, string merchant, Guid id, BareApi.Order order)
    {
        var secret = new byte[32];
        Random.Shared.NextBytes(secret);
        await using var batch = database.CreateBatch();
        batch.Add(EnterSql, Value(merchant));
        batch.Add(
            LinkSql, Value(id), Value(secret), Value(order.AmountMinor), Value(order.Description),
            Value(order.Phone), Value(Guid.CreateVersion7()));
        batch.Add(MessageSql, Value(Guid.CreateVersion7()), Value(id), Value(order.Phone), Value(secret));
        batch.Add(AnswerSql, Value(id.ToString("N")), Value(secret), Value(new byte[700]));
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>The same for <c>pgbench</c>.</summary>
    public static string Script(string merchant)
    {
        const string Id = "lpad(to_hex(:n::bigint), 32, '0')::uuid";
        const string Secret = "sha256(:n::text::bytea)";
        const string Phone = "'+393471234567'";
        return Statements.Script(
            9_000_000_000_000_000_000,
            With(EnterSql, $"'{merchant}'"),
            With(LinkSql, Id, Secret, "4990", "'Ordine 1042: trapano'", Phone, "gen_random_uuid()"),
            With(MessageSql, "gen_random_uuid()", Id, Phone, Secret),
            With(AnswerSql, $"({Id})::text", Secret, "decode(repeat('00', 700), 'hex')"));
    }
}
