using Npgsql;
using static PayLinks.Bench.Statements;

namespace PayLinks.Bench;

/// <summary>
/// What the bare worker does about payments: leases those that are due, asks Mollie about 32 at a time and writes what
/// PayLinks writes of a payment that is paid, in PayLinks' own tables, in one round trip for each. Nothing is looked up
/// or checked.
/// </summary>
internal sealed class BareSettler(NpgsqlDataSource database, HttpClient mollie, string merchant)
{
    private const int AtOnce = 32;
    private const int Batch = 256;

    private const string LeaseSql =
        """
        update payment set poll_at = now() + interval '14 s'
        where merchant_id = paylinks_merchant() and id in (
            select id from payment where poll_at <= now() order by poll_at limit $1 for update skip locked)
        returning id, link_id, mollie_id
        """;

    private const string PaySql =
        """
        update payment
        set status = 'paid', method = $2, card_brand = $3, card_last4 = $4, paid_at = paylinks_now(), poll_at = null
        where merchant_id = paylinks_merchant() and id = $1
        """;

    private const string MoveSql =
        """
        with moved as (
            update link set status = 'paid', paid_at = now(), remind_at = null, last_sequence = last_sequence + 1
            where merchant_id = paylinks_merchant() and id = $1
            returning merchant_id, id, mode, last_sequence)
        insert into event (merchant_id, id, link_id, mode, sequence, type, actor, link_from, link_to, payment_id,
            payment_from, payment_to, data, created_at)
        select merchant_id, $2, id, mode, last_sequence, 'link.paid', 'mollie', 'processing', 'paid', $3,
            'open', 'paid', '{"status": "paid"}', now()
        from moved
        """;

    private const string TellSql =
        """
        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, segments,
            callback_key_hash, callback_key_cipher, status, due_at, created_at)
        values
            (paylinks_merchant(), $2, $1, 'test', 'sms', 'receipt', '+393471234567', 'it-IT', 2, 1, $4, $4 || $4,
                'queued', now(), now()),
            (paylinks_merchant(), $3, $1, 'test', 'email', 'notice', 'orders@example.test', 'it', 2, 1, $5, $5 || $5,
                'queued', now(), now())
        """;

    /// <param name="woken">Released whenever a payment may be due.</param>
    /// <param name="toSend">Released when there are messages to send.</param>
    public async Task RunAsync(SemaphoreSlim woken, SemaphoreSlim toSend, CancellationToken cancellationToken)
    {
        var many = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        while (true)
        {
            var due = await LeaseAsync(cancellationToken);
            await Parallel.ForEachAsync(due, many, SettleAsync);
            toSend.Release();
            if (due.Count < Batch)
            {
                await woken.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private async Task<List<Due>> LeaseAsync(CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.Add(EnterSql, Value(merchant));
        batch.Add(LeaseSql, Value(Batch));
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        await row.NextResultAsync(cancellationToken);
        var due = new List<Due>();
        while (await row.ReadAsync(cancellationToken))
        {
            due.Add(new Due(row.GetGuid(0), row.GetGuid(1), row.GetString(2)));
        }

        return due;
    }

    private async ValueTask SettleAsync(Due payment, CancellationToken cancellationToken)
    {
        var told = (await mollie.GetFromJsonAsync<Answer>($"payments/{payment.MollieId}", cancellationToken))!;
        await using var batch = database.CreateBatch();
        batch.Add(EnterSql, Value(merchant));
        batch.Add(
            PaySql, Value(payment.Id), Value(told.Method), Value(told.Details.CardLabel),
            Value(told.Details.CardNumber));
        batch.Add(MoveSql, Value(payment.LinkId), Value(Guid.CreateVersion7()), Value(payment.Id));
        batch.Add(
            TellSql, Value(payment.LinkId), Value(Guid.CreateVersion7()), Value(Guid.CreateVersion7()), Value(Secret()),
            Value(Secret()));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static byte[] Secret()
    {
        var secret = new byte[32];
        Random.Shared.NextBytes(secret);
        return secret;
    }

    private sealed record Due(Guid Id, Guid LinkId, string MollieId);

    private sealed record Answer(string Method, Details Details);

    private sealed record Details(string CardLabel, string CardNumber);
}
