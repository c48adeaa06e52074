using Dapper;
using Npgsql;
using PayLinks.Core.Links;
using PayLinks.Core.Secrets;

namespace PayLinks.Bench;

/// <summary>
/// The links of the cases that ask for what is there: sent to their customers already, each with its first event, and
/// perhaps with a payment that is under way.
/// </summary>
internal static class FewLinks
{
    /// <summary>How many, unless a case wants more.</summary>
    public const int Number = 1000;

    // Nobody is asked about a payment before a callback has hinted at it.
    private const string FillSql =
        """
        insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
            reference, customer_name, customer_phone, locale, status, created_at, created_by, expires_at, remind_at,
            expiry_due_at, last_sequence, unsent, emailed)
        select @Merchant::uuid, id, 'test', hash, cipher, 4990, 'EUR', 'Ordine 1042: trapano', '1042', 'Anna',
            '+39347' || lpad(n::text, 7, '0'), 'it-IT', case when @HavePayments then 'processing' else 'open' end,
            now(), 'key_1', now() + interval '3 days', now() + interval '2 days', now() + interval '3 days', 1, false,
            false
        from unnest(@Ids, @Hashes, @Ciphers) with ordinality as one (id, hash, cipher, n);
        insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at)
        select merchant_id, gen_random_uuid(), id, mode, 1, 'link.created', created_by, created_at from link;
        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane,
            callback_key_hash, callback_key_cipher, status, provider_id, attempt, lease_epoch, due_at, created_at,
            accepted_at)
        select merchant_id, gen_random_uuid(), id, mode, 'sms', 'link', customer_phone, locale, 1,
            token_hash, token_cipher, 'accepted', 'SM' || left(encode(token_hash, 'hex'), 32), 1, 1, now(), now(), now()
        from link;
        insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, mollie_id,
            callback_key_hash, created_at, poll_at)
        select merchant_id, gen_random_uuid(), id, mode, 'open', amount_minor, currency,
            'tr_' || row_number() over (order by id), token_hash, created_at, now() + interval '1 hour'
        from link where @HavePayments
        """;

    /// <summary>Links in place of all that is there.</summary>
    /// <param name="secrets">Of each link: its token, and its payment's callback key.</param>
    /// <param name="hash">By which whoever is measured finds them.</param>
    public static async Task FillAsync(
        Installation installation, IReadOnlyList<string> secrets, Func<string, byte[]> hash, bool havePayments)
    {
        await installation.ForgetAsync();
        var vault = new Vault(installation.MasterKey);
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await connection.ExecuteAsync(FillSql, new
        {
            installation.Merchant,
            Ids = secrets.Select((_, place) => Id(place + 1)).ToArray(),
            Hashes = secrets.Select(hash).ToArray(),
            Ciphers = secrets.Select((secret, place) => vault.Seal(secret, LinkToken.Purpose(Id(place + 1)))).ToArray(),
            HavePayments = havePayments,
        });
        await connection.ExecuteAsync("vacuum analyze link, event, message, payment");
    }

    /// <summary>The id of one of them, counted from 1, the oldest.</summary>
    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
