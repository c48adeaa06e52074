using System.Threading.Channels;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>
/// A hand-written worker: leases what is queued, oldest first, posts 64 at a time and writes results in batches. No
/// texts, no lanes, no limits, no states, no second thought. Where it is told of Mollie, it settles payments instead.
/// </summary>
internal static class BareWorker
{
    public const string Command = "bare-worker";
    public const string Channel = "bare_work";

    private const int AtOnce = 64;

    private const string LeaseSql =
        """
        update bare_message set status = 'sending', lease_until = now() + interval '15 s'
        where id in (
            select id from bare_message where status = 'queued' and due_at <= now()
            order by due_at limit $1 for update skip locked)
        returning id, recipient
        """;

    private const string WriteSql =
        """
        update bare_message m set status = 'accepted', provider_id = r.provider_id, lease_until = null
        from unnest($1, $2) as r (id, provider_id) where m.id = r.id
        """;

    public static async Task RunAsync(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        using var stop = new CancellationTokenSource();
        using var term = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
        await using var database = NpgsqlDataSource.Create(settings["Database"]!);
        using var http = new HttpClient { BaseAddress = new Uri(settings["Mollie"] ?? settings["Twilio"]!) };
        var sent = System.Threading.Channels.Channel.CreateUnbounded<(Guid Id, string ProviderId)>();
        var woken = new SemaphoreSlim(0);
        using var places = new SemaphoreSlim(AtOnce);
        try
        {
            var work = settings["Mollie"] is not null
                ? new BareSettler(database, http, settings["Merchant"]!).RunAsync(woken, stop.Token)
                : Task.WhenAll(
                    WriteAsync(database, sent.Reader, stop.Token),
                    SendAsync(database, http, places, woken, sent.Writer, stop.Token));
            await Task.WhenAll(ListenAsync(database, woken, stop.Token), work);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private static async Task ListenAsync(
        NpgsqlDataSource database, SemaphoreSlim woken, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => woken.Release();
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private static async Task SendAsync(
        NpgsqlDataSource database, HttpClient http, SemaphoreSlim places, SemaphoreSlim woken,
        ChannelWriter<(Guid Id, string ProviderId)> sent, CancellationToken cancellationToken)
    {
        while (true)
        {
            await places.WaitAsync(cancellationToken);
            var free = 1;
            while (places.Wait(0, CancellationToken.None))
            {
                free++;
            }

            var leased = new List<(Guid Id, string Recipient)>();
            await using (var lease = database.CreateCommand(LeaseSql))
            {
                lease.Parameters.Add(new NpgsqlParameter<int> { TypedValue = free });
                await using var rows = await lease.ExecuteReaderAsync(cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                {
                    leased.Add((rows.GetGuid(0), rows.GetString(1)));
                }
            }

            foreach (var (id, recipient) in leased)
            {
                _ = PostAsync(http, id, recipient, places, sent, cancellationToken);
            }

            if (leased.Count < free)
            {
                places.Release(free - leased.Count);
                await woken.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private static async Task PostAsync(
        HttpClient http, Guid id, string recipient, SemaphoreSlim places,
        ChannelWriter<(Guid Id, string ProviderId)> sent, CancellationToken cancellationToken)
    {
        try
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["To"] = recipient,
                ["From"] = "FERRAMENTA",
                ["Body"] = $"Ferramenta Rossi: paga 49,90 EUR per ordine 1042. https://pay.example/p/{id:N}",
            });
            using var answer = await http.PostAsync("Messages.json", form, cancellationToken);
            var message = await answer.Content.ReadFromJsonAsync<Answer>(cancellationToken);
            sent.TryWrite((id, message!.Sid));
        }
        finally
        {
            places.Release();
        }
    }

    private static async Task WriteAsync(
        NpgsqlDataSource database, ChannelReader<(Guid Id, string ProviderId)> sent,
        CancellationToken cancellationToken)
    {
        while (await sent.WaitToReadAsync(cancellationToken))
        {
            var batch = new List<(Guid Id, string ProviderId)>();
            while (sent.TryRead(out var one))
            {
                batch.Add(one);
            }

            await using var write = database.CreateCommand(WriteSql);
            write.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. batch.Select(one => one.Id)] });
            write.Parameters.Add(
                new NpgsqlParameter<string[]> { TypedValue = [.. batch.Select(one => one.ProviderId)] });
            await write.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed record Answer(string Sid);
}
