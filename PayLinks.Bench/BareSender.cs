using System.Threading.Channels;
using Npgsql;
using static PayLinks.Bench.Statements;

namespace PayLinks.Bench;

/// <summary>
/// What the bare worker does about messages: leases what is queued, oldest first, posts 64 at a time and writes results
/// in batches. No texts, no lanes, no limits, no states, no second thought.
/// </summary>
/// <param name="merchant">Whose messages in PayLinks' own tables; null: those in the bare ones.</param>
internal sealed class BareSender(NpgsqlDataSource database, HttpClient twilio, string? merchant)
{
    private const int AtOnce = 64;

    private const string LeaseBareSql =
        """
        update bare_message set status = 'sending', lease_until = now() + interval '15 s'
        where id in (
            select id from bare_message where status = 'queued' and due_at <= now()
            order by due_at limit $1 for update skip locked)
        returning id, recipient
        """;

    private const string WriteBareSql =
        """
        update bare_message m set status = 'accepted', provider_id = r.provider_id, lease_until = null
        from unnest($1, $2) as r (id, provider_id) where m.id = r.id
        """;

    private const string LeaseSameSql =
        """
        update message set status = 'sending', lease_until = now() + interval '15 s'
        where merchant_id = paylinks_merchant() and id in (
            select id from message
            where merchant_id = paylinks_merchant() and status = 'queued' and channel in ('sms', 'email') and lane = 2
                and due_at <= now()
            order by due_at limit $1 for update skip locked)
        returning id, recipient
        """;

    private const string WriteSameSql =
        """
        update message m set status = 'accepted', provider_id = r.provider_id, lease_until = null, accepted_at = now()
        from unnest($1, $2) as r (id, provider_id)
        where m.merchant_id = paylinks_merchant() and m.id = r.id
        """;

    private readonly Channel<(Guid Id, string ProviderId)> _sent =
        Channel.CreateUnbounded<(Guid Id, string ProviderId)>();

    /// <param name="woken">Released whenever there may be something to send.</param>
    public async Task RunAsync(SemaphoreSlim woken, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(WriteAsync(cancellationToken), SendAsync(places, woken, cancellationToken));
    }

    private async Task SendAsync(SemaphoreSlim places, SemaphoreSlim woken, CancellationToken cancellationToken)
    {
        while (true)
        {
            await places.WaitAsync(cancellationToken);
            var free = 1;
            while (places.Wait(0, CancellationToken.None))
            {
                free++;
            }

            var leased = await LeaseAsync(free, cancellationToken);
            foreach (var (id, recipient) in leased)
            {
                _ = PostAsync(id, recipient, places, cancellationToken);
            }

            if (leased.Count < free)
            {
                places.Release(free - leased.Count);
                await woken.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private async Task<List<(Guid Id, string Recipient)>> LeaseAsync(int free, CancellationToken cancellationToken)
    {
        await using var lease = Begin();
        lease.Add(merchant is null ? LeaseBareSql : LeaseSameSql, Value(free));
        await using var rows = await lease.ExecuteReaderAsync(cancellationToken);
        if (merchant is not null)
        {
            await rows.NextResultAsync(cancellationToken);
        }

        var leased = new List<(Guid Id, string Recipient)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            leased.Add((rows.GetGuid(0), rows.GetString(1)));
        }

        return leased;
    }

    private async Task PostAsync(Guid id, string recipient, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["To"] = recipient,
                ["From"] = "FERRAMENTA",
                ["Body"] = $"Ferramenta Rossi: paga 49,90 EUR per ordine 1042. https://pay.example/p/{id:N}",
            });
            using var answer = await twilio.PostAsync("Messages.json", form, cancellationToken);
            var message = await answer.Content.ReadFromJsonAsync<Answer>(cancellationToken);
            _sent.Writer.TryWrite((id, message!.Sid));
        }
        finally
        {
            places.Release();
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (await _sent.Reader.WaitToReadAsync(cancellationToken))
        {
            var ids = new List<Guid>();
            var providerIds = new List<string>();
            while (_sent.Reader.TryRead(out var one))
            {
                ids.Add(one.Id);
                providerIds.Add(one.ProviderId);
            }

            await using var write = Begin();
            write.Add(
                merchant is null ? WriteBareSql : WriteSameSql, Value(ids.ToArray()), Value(providerIds.ToArray()));
            await write.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private NpgsqlBatch Begin()
    {
        var batch = database.CreateBatch();
        if (merchant is not null)
        {
            batch.Add(EnterSql, Value(merchant));
        }

        return batch;
    }

    private sealed record Answer(string Sid);
}
