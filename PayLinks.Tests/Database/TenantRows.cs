using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>One row of a merchant's in every tenant table, written past the row-level security.</summary>
internal sealed record TenantRows(Guid Merchant, Guid Link, Guid Payment, Guid Message)
{
    private const string AddSql =
        """
        insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from)
        values (@Merchant, 'Ferramenta Rossi', 'IT', 'it', 'Europe/Rome', 'EUR', 'orders@example.test', 'FERRAMENTA',
            'a@example.test');
        insert into mollie_account (merchant_id, mode, key_cipher, profile_id)
        values (@Merchant, 'test', '\x00', 'pfl_abc');
        insert into method_list (merchant_id, mode, currency, profile_id, methods, told_at)
        values (@Merchant, 'test', 'EUR', 'pfl_abc', '[]', now());
        insert into api_key (merchant_id, id, mode, name, key_hash, scopes)
        values (@Merchant, gen_random_uuid(), 'test', 'shop', '\x00', '{}');
        insert into app_user (id, email, security_stamp) values (@User, @User || '@example.test', 'x');
        insert into membership (merchant_id, user_id, role, display_name) values (@Merchant, @User, 'owner', 'Rossi');
        insert into invitation (merchant_id, id, token_hash, email, display_name, role, created_by, expires_at)
        values (@Merchant, gen_random_uuid(), '\x00', 'anna@example.test', 'Anna', 'agent', 'usr_1',
            paylinks_now() + '7 days');
        insert into audit_entry (merchant_id, id, actor, action, about)
        values (@Merchant, gen_random_uuid(), 'usr_1', 'api_key.created', 'shop');
        insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description, locale,
            created_at, created_by, expires_at, expiry_due_at)
        values (@Merchant, @Link, 'test', '\x00', '\x00', 4990, 'EUR', 'Ordine 1042', 'it-IT', now(), 'key_1',
            now() + '3 days', now());
        insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
        values (@Merchant, 'test', 'k', '\x00', 201, '\x00', now());
        insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, callback_key_hash,
            request_cipher, created_at)
        values (@Merchant, @Payment, @Link, 'test', 'creating', 4990, 'EUR', '\x00', '\x00', now());
        insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane,
            callback_key_hash, callback_key_cipher, due_at, created_at)
        values (@Merchant, @Message, @Link, 'test', 'sms', 'link', '+393471234567', 'it-IT', 1, '\x00', '\x00', now(),
            now());
        insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at)
        values (@Merchant, gen_random_uuid(), @Link, 'test', 1, 'link.created', 'key_1', now());
        insert into refund (merchant_id, id, link_id, payment_id, mode, cause, status, amount_minor, currency,
            requested_by, created_at, due_at)
        values (@Merchant, gen_random_uuid(), @Link, @Payment, 'test', 'merchant', 'requested', 1990, 'EUR', 'key_1',
            now(), now());
        insert into dispute (merchant_id, id, link_id, payment_id, mode, status, mollie_id, amount_minor, currency,
            received_at)
        values (@Merchant, gen_random_uuid(), @Link, @Payment, 'test', 'received', 'chb_1', 4990, 'EUR', now());
        insert into reconciliation (merchant_id, id, mode, since, until, started_at)
        values (@Merchant, @Merchant, 'test', now() - interval '1 day', now(), now());
        insert into reconciliation_difference (merchant_id, reconciliation_id, number, kind, about, mollie_id, theirs,
            is_new)
        values (@Merchant, @Merchant, 1, 'unknown', 'payment', 'tr_1', '{}', true);
        update link set last_sequence = 1 where merchant_id = @Merchant;
        insert into webhook_endpoint (merchant_id, id, mode, url, secret_cipher, created_at, created_by)
        values (@Merchant, @Endpoint, 'test', 'https://shop.example/hook', '\x00', now(), 'key_1');
        insert into notice (merchant_id, event_id, endpoint_id, due_at, created_at)
        select @Merchant, id, @Endpoint, now(), now() from event where merchant_id = @Merchant limit 1;
        insert into notice_attempt (merchant_id, id, event_id, endpoint_id, attempt, outcome, url, body_cipher, latency,
            sent_at, created_at)
        select @Merchant, gen_random_uuid(), event_id, @Endpoint, 1, 'timeout', 'https://shop.example/hook', '\x00',
            '1 s', now(), now()
        from notice where merchant_id = @Merchant;
        insert into callback (merchant_id, id, provider, message_id, received_at)
        values (@Merchant, gen_random_uuid(), 'twilio', @Message, now());
        insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
        values (@Merchant, 'sms', '+393471234567', 'reply', now());
        insert into sms_day (merchant_id, day, segments) values (@Merchant, current_date, 1);
        insert into text_template (merchant_id, channel, purpose, language, body, changed_at, changed_by)
        values (@Merchant, 'sms', 'link', 'it', '{merchant}: {url}', now(), 'usr_1');
        insert into batch (merchant_id, id, mode, file_name, form_key, file_hash, created_at, created_by, findings,
            row_count, wrong_count, turn_at)
        values (@Merchant, @Merchant, 'test', 'orders.csv', 'k', '\x00', now(), 'usr_1', '{}', 1, 0, now());
        insert into batch_row (merchant_id, batch_id, line, status, cells)
        values (@Merchant, @Merchant, 2, 'ready', '{}');
        """;

    public static async Task<TenantRows> AddAsync(TestDatabase database)
    {
        var rows = new TenantRows(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(),
            Guid.CreateVersion7());
        await database.ExecuteAsync(AddSql,
            new
            {
                rows.Merchant,
                rows.Link,
                rows.Payment,
                rows.Message,
                User = Guid.CreateVersion7(),
                Endpoint = Guid.CreateVersion7(),
            });
        return rows;
    }
}
