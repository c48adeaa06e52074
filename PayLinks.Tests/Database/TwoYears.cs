using PayLinks.Core.Links;
using PayLinks.Core.Notices;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>
/// What two merchants leave behind in two years, enough that PostgreSQL reads by an index what it can: links, all but
/// the newest of them ended, each with its message, events and notices, and as many callbacks, posts and kept answers
/// of the last thirty days.
/// </summary>
internal static class TwoYears
{
    private const int Links = 10_000;

    // What refers to what is right by the way it is made, and need not be looked up row by row.
    private const string FillSql =
        """
        insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from)
        select gen_random_uuid(), 'Altra', country, language, time_zone, currency, email, sms_sender, email_from
        from merchant;

        create temporary table made as
        select m.id as merchant_id, one.id, one.token, one.at, one.log_id, one.log_body, n,
            case when one.at > now() - interval '16 days' then 'open'
                else (array['paid', 'expired', 'paid', 'canceled', 'paid'])[1 + n / 2 % 5] end as status
        from unnest(@ids, @tokens, @times, @logIds, @logBodies) with ordinality
            as one (id, token, at, log_id, log_body, n)
        join (select id, row_number() over (order by created_at) as place from merchant) m on m.place = 1 + n % 2;

        set session_replication_role = replica;
        insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
            reference, customer_name, customer_phone, locale, status, created_at, created_by, expires_at, paid_at,
            canceled_at, expired_at, last_sequence, expiry_due_at, unsent, texted, emailed)
        select merchant_id, id, 'test', sha256(n::text::bytea), token, 4990, 'EUR', 'Ordine', 'R' || n, 'Anna ' || n,
            '+39347' || lpad(n::text, 7, '0'), 'it-IT', status, at, case when n % 3 = 0 then 'usr_1' else 'key_1' end,
            at + interval '20 days', case when status = 'paid' then at end, case when status = 'canceled' then at end,
            case when status = 'expired' then at end, 3, at + interval '20 days', false,
            n % 3 <> 0, n % 3 = 0
        from made;

        insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
        select merchant_id, 'test', n, '\x00', 201, '\x00', now() - n % 29 * interval '1 day' from made;

        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, status, reason,
            provider_id, callback_key_hash, callback_key_cipher, due_at, created_at, accepted_at, finished_at)
        select merchant_id, id, id, 'test', case when n % 3 = 0 then 'email' else 'sms' end, 'link',
            '+39347' || lpad(n::text, 7, '0'), 'it-IT', 1,
            case when n % 100 = 0 then 'undelivered' else 'delivered' end,
            case when n % 100 = 0 then 'unreachable' end, 'SM' || n, sha256(n::text::bytea), '\x00', at, at, at, at
        from made;

        insert into callback (merchant_id, id, provider, message_id, outcome, provider_id, received_at, handled_at)
        select merchant_id, log_id, 'twilio', id, 'delivered', 'SM' || n, now(), now() from made;

        insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, mollie_id,
            callback_key_hash, method, card_brand, card_last4, created_at, paid_at)
        select merchant_id, id, id, 'test', case when status = 'paid' then 'paid' else 'failed' end, 4990, 'EUR',
            'tr_' || n, sha256(n::text::bytea), 'creditcard', 'Visa', lpad((n % 10000)::text, 4, '0'), at,
            case when status = 'paid' then at end
        from made where status <> 'open';

        insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at)
        select merchant_id, case when s = 1 then id else gen_random_uuid() end, id, 'test', s,
            (array['link.created', 'link.sent', 'link.delivered'])[s], 'worker', at
        from made, generate_series(1, 3) s;

        insert into notice (merchant_id, event_id, endpoint_id, status, attempt, due_at, created_at, finished_at)
        select m.merchant_id, m.id, w.id, 'delivered', 1, m.at, m.at, m.at
        from made m join webhook_endpoint w using (merchant_id);

        insert into notice_attempt (merchant_id, id, event_id, endpoint_id, attempt, outcome, url, status_code,
            body_cipher, latency, sent_at, created_at)
        select m.merchant_id, m.log_id, m.id, w.id, 1, 'delivered', w.url, 200, m.log_body, '1 s', now(), now()
        from made m join webhook_endpoint w using (merchant_id);
        reset session_replication_role;
        drop table made;
        select keep_partitions('callback', 3, '30 days'), keep_partitions('notice_attempt', 3, '30 days')
        """;

    /// <summary>Fills an installation of one merchant, whose endpoint has been told of each link.</summary>
    public static async Task FillAsync(TestDatabase database)
    {
        var vault = new Vault(TestSystem.MasterKey);
        var (times, ids) = Made(TimeSpan.FromDays(730));
        var (_, logIds) = Made(TimeSpan.FromDays(30));
        await database.ExecuteAsync(FillSql, new
        {
            ids,
            times,
            tokens = ids.Select(id => vault.Seal(LinkToken.New("p").Value, LinkToken.Purpose(id))).ToArray(),
            logIds,
            logBodies = logIds.Select(id => vault.Seal("{}", NoticeSecrets.BodyPurpose(id))).ToArray(),
        });
        await database.ExecuteAsync("vacuum analyze");
    }

    private static (DateTimeOffset[] Times, Guid[] Ids) Made(TimeSpan within)
    {
        var began = TimeProvider.System.GetUtcNow() - within;
        var times = Enumerable.Range(1, Links).Select(n => began + (within * n / Links)).ToArray();
        return (times, times.Select(Guid.CreateVersion7).ToArray());
    }
}
