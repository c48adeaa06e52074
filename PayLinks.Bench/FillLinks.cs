using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using PayLinks.Core.Links;
using PayLinks.Core.Secrets;

namespace PayLinks.Bench;

/// <summary>
/// Links of ten merchants with all that came of them in two years, written with COPY: of ten links seven are paid, one
/// is open; each has its events, and its message unless it is one of the hundredth that nobody was sent.
/// </summary>
internal sealed class FillLinks(Installation installation)
{
    private const int Chunk = 50_000;
    private const int Merchants = 10;
    private const int TokensKept = 5_000;

    private const string LinkCopy =
        """
        copy link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description, reference,
            customer_name, customer_phone, locale, status, created_at, created_by, expires_at, paid_at, canceled_at,
            expired_at, last_sequence, expiry_due_at, unsent, texted, emailed) from stdin (format binary)
        """;

    private const string MessageCopy =
        """
        copy message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, status,
            callback_key_hash, callback_key_cipher, provider_id, due_at, attempt, lease_epoch, created_at, accepted_at,
            finished_at) from stdin (format binary)
        """;

    private const string PaymentCopy =
        """
        copy payment (merchant_id, id, link_id, mode, status, amount_minor, currency, mollie_id, callback_key_hash,
            method, card_brand, card_last4, created_at, paid_at) from stdin (format binary)
        """;

    private const string EventCopy =
        """
        copy event (merchant_id, id, link_id, mode, sequence, type, actor, data, created_at) from stdin (format binary)
        """;

    private static readonly TimeSpan Years = TimeSpan.FromDays(2 * 365);

    private readonly Vault _vault = new(installation.MasterKey);
    private readonly Random _random = new(42);
    private readonly List<string> _tokens = [];
    private readonly List<Guid> _merchants = [];
    private int _filled;

    /// <summary>Some of the open links' tokens, from all over the table.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>References of links of the merchant whose key the bench has.</summary>
    public IReadOnlyList<string> References => [.. Numbers.Select(Reference)];

    /// <summary>The numbers of those links' customers.</summary>
    public IReadOnlyList<string> Phones => [.. Numbers.Select(Phone)];

    private IEnumerable<int> Numbers =>
        Enumerable.Range(1, 1000).Select(n => (int)((long)n * _filled / 1001 / Merchants) * Merchants);

    public async Task FillToAsync(int links)
    {
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await connection.OpenAsync();
        await AddMerchantsAsync(connection);
        // What refers to what is right by the way it is made, and need not be looked up row by row.
        await connection.ExecuteAsync("set session_replication_role = replica");
        var began = TimeProvider.System.GetUtcNow() - Years;
        var (first, count) = (_filled, links - _filled);
        _tokens.Clear();
        while (_filled < links)
        {
            var made = Enumerable.Range(_filled, Math.Min(Chunk, links - _filled))
                .Select(n => Make(n, began + Years * ((n - first) / (double)count)))
                .ToList();
            await CopyAsync(connection, LinkCopy, made, Write);
            await CopyAsync(connection, MessageCopy, made.Where(one => !one.IsUnsent), WriteMessage);
            await CopyAsync(connection, PaymentCopy, made.Where(one => one.Status == "paid"), WritePayment);
            await CopyAsync(connection, EventCopy, made.SelectMany(Happened), WriteEvent);
            _tokens.AddRange(made.Where(one => one.Status == "open").Take(1 + TokensKept * made.Count / count)
                .Select(one => one.Token));
            _filled += made.Count;
        }

        await connection.ExecuteAsync("vacuum analyze");
    }

    private static string Reference(int number) => string.Create(CultureInfo.InvariantCulture, $"R{number}");

    private static string Phone(int number) => string.Create(CultureInfo.InvariantCulture, $"+39347{number:0000000}");

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string copy, IEnumerable<T> rows, Func<NpgsqlBinaryImporter, T, Task> writeAsync)
    {
        await using var writer = await connection.BeginBinaryImportAsync(copy);
        foreach (var row in rows)
        {
            await writer.StartRowAsync();
            await writeAsync(writer, row);
        }

        await writer.CompleteAsync();
    }

    private static IEnumerable<(Made Link, int Sequence, string Type)> Happened(Made link)
    {
        string[] sent = link.IsUnsent ? [] : ["link.sent", "link.delivered"];
        string[] paid = link.Status == "paid" ? ["link.opened", "payment.started", "link.paid"] : [];
        string[] types = ["link.created", .. sent, .. paid];
        return types.Select((type, i) => (link, i + 1, type));
    }

    private static async Task Write(NpgsqlBinaryImporter row, Made link)
    {
        await row.WriteAsync(link.Merchant);
        await row.WriteAsync(link.Id);
        await row.WriteAsync("test");
        await row.WriteAsync(link.TokenHash);
        await row.WriteAsync(link.TokenCipher);
        await row.WriteAsync(4990L);
        await row.WriteAsync("EUR");
        await row.WriteAsync("Ordine 1042: trapano");
        await row.WriteAsync(Reference(link.Number));
        await row.WriteAsync($"Anna {link.Number % 10_000}");
        await row.WriteAsync(link.Phone);
        await row.WriteAsync("it-IT");
        await row.WriteAsync(link.Status);
        await row.WriteAsync(link.At);
        await row.WriteAsync("key_bench");
        await row.WriteAsync(link.ExpiresAt);
        await TimeIfAsync(row, link, "paid");
        await TimeIfAsync(row, link, "canceled");
        await TimeIfAsync(row, link, "expired");
        await row.WriteAsync(Happened(link).Count());
        await row.WriteAsync(link.ExpiresAt);
        await row.WriteAsync(link.IsUnsent);
        await row.WriteAsync(!link.IsUnsent);
        await row.WriteAsync(false);
    }

    private static async Task TimeIfAsync(NpgsqlBinaryImporter row, Made link, string status)
    {
        if (link.Status == status)
        {
            await row.WriteAsync(link.At.AddMinutes(10));
        }
        else
        {
            await row.WriteNullAsync();
        }
    }

    private static async Task WriteMessage(NpgsqlBinaryImporter row, Made link)
    {
        await row.WriteAsync(link.Merchant);
        await row.WriteAsync(Guid.CreateVersion7(link.At));
        await row.WriteAsync(link.Id);
        await row.WriteAsync("test");
        await row.WriteAsync("sms");
        await row.WriteAsync("link");
        await row.WriteAsync(link.Phone);
        await row.WriteAsync("it-IT");
        await row.WriteAsync((short)1);
        await row.WriteAsync("delivered");
        await row.WriteAsync(RandomNumberGenerator.GetBytes(32));
        await row.WriteAsync(RandomNumberGenerator.GetBytes(60));
        await row.WriteAsync($"SM{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}");
        await row.WriteAsync(link.At);
        await row.WriteAsync((short)1);
        await row.WriteAsync(1);
        await row.WriteAsync(link.At);
        await row.WriteAsync(link.At.AddSeconds(1));
        await row.WriteAsync(link.At.AddSeconds(3));
    }

    private static async Task WritePayment(NpgsqlBinaryImporter row, Made link)
    {
        await row.WriteAsync(link.Merchant);
        await row.WriteAsync(Guid.CreateVersion7(link.At.AddMinutes(9)));
        await row.WriteAsync(link.Id);
        await row.WriteAsync("test");
        await row.WriteAsync("paid");
        await row.WriteAsync(4990L);
        await row.WriteAsync("EUR");
        await row.WriteAsync($"tr_{link.Number}");
        await row.WriteAsync(RandomNumberGenerator.GetBytes(32));
        await row.WriteAsync("creditcard");
        await row.WriteAsync("Visa");
        await row.WriteAsync((link.Number % 10_000).ToString("0000", CultureInfo.InvariantCulture));
        await row.WriteAsync(link.At.AddMinutes(9));
        await row.WriteAsync(link.At.AddMinutes(10));
    }

    private static async Task WriteEvent(NpgsqlBinaryImporter row, (Made Link, int Sequence, string Type) happened)
    {
        var at = happened.Link.At.AddSeconds(happened.Sequence);
        await row.WriteAsync(happened.Link.Merchant);
        await row.WriteAsync(Guid.CreateVersion7(at));
        await row.WriteAsync(happened.Link.Id);
        await row.WriteAsync("test");
        await row.WriteAsync(happened.Sequence);
        await row.WriteAsync(happened.Type);
        await row.WriteAsync("worker");
        await row.WriteAsync("{}", NpgsqlDbType.Jsonb);
        await row.WriteAsync(at);
    }

    private Made Make(int number, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        var token = LinkToken.New("p").Value;
        var status = _random.Next(100) switch { < 70 => "paid", < 82 => "expired", < 90 => "canceled", _ => "open" };
        return new Made(
            number, _merchants[number % Merchants], id, at, status, token, _vault.Hash(token),
            _vault.Seal(token, LinkToken.Purpose(id)), Phone(number),
            status == "open" ? TimeProvider.System.GetUtcNow().AddDays(30) : at.AddDays(3));
    }

    private async Task AddMerchantsAsync(NpgsqlConnection connection)
    {
        if (_merchants.Count > 0)
        {
            return;
        }

        _merchants.Add(await connection.QuerySingleAsync<Guid>("select merchant_id from api_key"));
        while (_merchants.Count < Merchants)
        {
            var id = Guid.CreateVersion7();
            await connection.ExecuteAsync(
                """
                insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from)
                values (@id, 'Altra', 'IT', 'it', 'Europe/Rome', 'EUR', 'orders@example.test', 'ALTRA',
                    'orders@example.test')
                """,
                new { id });
            _merchants.Add(id);
        }
    }

    private sealed record Made(
        int Number, Guid Merchant, Guid Id, DateTimeOffset At, string Status, string Token, byte[] TokenHash,
        byte[] TokenCipher, string Phone, DateTimeOffset ExpiresAt)
    {
        // Of each merchant's.
        public bool IsUnsent => Number % 101 == 0;
    }
}
