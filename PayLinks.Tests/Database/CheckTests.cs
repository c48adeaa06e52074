using Npgsql;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>What a row may not say, whoever writes it.</summary>
public sealed class CheckTests
{
    private static readonly (string Constraint, string Statement)[] Refused =
    [
        ("link/paid_at_iff_paid", "update link set status = 'paid'"),
        ("link/paid_at_iff_paid", "update link set paid_at = now()"),
        ("link/canceled_has_its_time", "update link set status = 'canceled'"),
        ("link/expired_has_its_time", "update link set status = 'expired'"),
        ("link/late_only_when_paid", "update link set late = true"),
        ("link/expires_after_creation", "update link set expires_at = created_at"),
        ("link/link_amount_minor_check", "update link set amount_minor = 0"),
        ("link/link_amount_minor_check", "update link set amount_minor = 100000000"),
        ("link/refunded_within_amount", "update link set refunded_minor = amount_minor + 1"),
        ("link/link_description_check", "update link set description = ''"),
        ("link/link_description_check", "update link set description = repeat('x', 256)"),
        ("link/link_return_url_check", "update link set return_url = 'http://shop.example'"),
        ("link/link_customer_phone_check", "update link set customer_phone = '3471234567'"),
        ("link/link_metadata_check", "update link set metadata = '[]'"),
        ("link/link_code_check", "update link set code = '071'"),
        ("link/link_code_check", "update link set code = '071a'"),
        ("merchant/merchant_privacy_url_check", "update merchant set privacy_url = 'http://shop.example/privacy'"),
        ("method_list/method_list_methods_check", "update method_list set methods = '{}'"),
        ("link/link_status_check", "update link set status = 'done'"),
        ("payment/paid_at_iff_paid", "update payment set status = 'paid', request_cipher = null, mollie_id = 'tr_1'"),
        ("payment/paid_at_iff_paid", "update payment set paid_at = now()"),
        ("payment/request_kept_until_answered", "update payment set request_cipher = null"),
        ("payment/request_kept_until_answered", "update payment set status = 'failed'"),
        ("payment/known_at_mollie", "update payment set status = 'open', request_cipher = null"),
        ("payment/quarantine_has_a_reason", "update payment set quarantined_at = now()"),
        ("payment/quarantine_has_a_reason", "update payment set quarantine_reason = 'amount_differs'"),
        ("payment/payment_card_last4_check", "update payment set card_last4 = '4242424242424242'"),
        ("payment/payment_amount_minor_check", "update payment set amount_minor = 0"),
        ("payment/never_refund_more_than_captured", "update payment set refunding_minor = amount_minor + 1"),
        ("payment/never_refund_more_than_captured", "update payment set refunding_minor = -1"),
        ("refund/refunded_at_iff_refunded", "update refund set refunded_at = now()"),
        ("refund/known_at_mollie", "update refund set status = 'queued', due_at = null"),
        ("refund/due_until_mollie_has_it", "update refund set due_at = null"),
        ("refund/due_until_mollie_has_it", "update refund set status = 'pending', mollie_id = 're_1'"),
        ("refund/failed_has_a_reason", "update refund set status = 'failed', due_at = null"),
        ("refund/refund_amount_minor_check", "update refund set amount_minor = 0"),
        ("refund/refund_reason_check", "update refund set reason = repeat('x', 141)"),
        ("dispute/reversed_at_iff_reversed", "update dispute set status = 'reversed'"),
        ("dispute/dispute_mollie_id_check", "update dispute set mollie_id = 'tr_1'"),
        ("message/refund_message_names_its_refund", "update message set purpose = 'refund'"),
        ("message/only_what_tells_of_money_back_names_it", "update message set dispute_id = gen_random_uuid()"),
        ("message/lease_iff_sending", "update message set status = 'sending'"),
        ("message/lease_iff_sending", "update message set lease_until = now()"),
        ("message/accepted_has_its_time", "update message set status = 'accepted'"),
        ("message/accepted_has_its_time", "update message set status = 'delivered', finished_at = now()"),
        ("message/finished_iff_final", "update message set status = 'failed', reason = 'landline'"),
        ("message/finished_iff_final", "update message set finished_at = now()"),
        ("message/bad_end_has_a_reason", "update message set status = 'suppressed', finished_at = now()"),
        ("message/message_lane_check", "update message set lane = 5"),
        ("message/only_an_invitation_falls_back", "update message set purpose = 'notice', fallback_at = now()"),
        ("message/only_a_notice_names_a_day", "update message set sms_day = current_date"),
        ("message/only_a_notice_tells_what_a_customer_said", "update message set customer_said = 'asked'"),
        ("message/message_segments_check", "update message set segments = 0"),
        ("merchant/merchant_sms_sender_check", "update merchant set sms_sender = '12 34'"),
        ("merchant/merchant_sms_sender_check", "update merchant set sms_sender = 'FERRAMENTA ROSSI'"),
        ("merchant/merchant_sms_sender_check", "update merchant set sms_sender = '+0123456789'"),
        ("merchant/merchant_fallback_desk_check", "update merchant set fallback_desk = '1 second'"),
        ("merchant/merchant_remind_before_check", "update merchant set remind_before = array[null::interval]"),
        ("merchant/merchant_brand_color_check", "update merchant set brand_color = 'green'"),
        ("merchant/a_logo_has_its_name_and_size", "update merchant set logo = '\\x89504e47'"),
        ("merchant/merchant_logo_check",
            """
            update merchant set logo = decode(repeat('00', 8193), 'hex'), logo_hash = repeat('0', 16), logo_width = 16,
                logo_height = 16
            """),
        ("merchant/merchant_link_lifetime_check", "update merchant set link_lifetime = '0'"),
        ("merchant/merchant_link_lifetime_check", "update merchant set link_lifetime = '1 month'"),
        ("membership/the_last_owner_stays", "update membership set disabled_at = now()"),
        ("membership/the_last_owner_stays", "update membership set role = 'manager'"),
        ("api_key/api_key_name_check", "update api_key set name = ''"),
        ("invitation/an_invitation_lasts", "update invitation set expires_at = created_at"),
        ("invitation/an_invitation_ends_once", "update invitation set accepted_at = now(), withdrawn_at = now()"),
        ("invitation/invitation_email_check", "update invitation set email = 'Anna@example.test'"),
        ("invitation/invitation_role_check", "update invitation set role = 'boss'"),
        ("audit_entry/audit_entry_action_check", "update audit_entry set action = 'Deleted'"),
        ("audit_entry/audit_entry_changes_check", "update audit_entry set changes = '{}'"),
        ("opt_out/opted_in_after_opting_out", "update opt_out set opted_in_at = opted_out_at - interval '1 second'"),
        ("opt_out/opt_out_recipient_check", "update opt_out set recipient = 'Anna@example.test'"),
        ("text_template/only_an_email_has_a_subject", "update text_template set subject = 'Ciao'"),
        ("text_template/only_an_email_has_a_subject", "update text_template set channel = 'email'"),
        ("text_template/only_a_text_has_words_for_the_desk",
            "update text_template set channel = 'email', subject = 'Ciao', purpose = 'desk'"),
        ("provider_outage/seen_after_it_began",
            "insert into provider_outage values ('twilio', now(), now() - interval '1 second')"),
        ("event/payment_move_names_its_payment", "update event set payment_from = 'open', payment_to = 'paid'"),
        ("event/message_move_names_its_message", "update event set message_from = 'queued', message_to = 'sending'"),
        ("event/refund_move_names_its_refund", "update event set refund_from = 'queued', refund_to = 'pending'"),
        ("event/event_sequence_check", "update event set sequence = 0"),
        ("event/event_type_check", "update event set type = 'Paid'"),
        ("callback/about_one_thing", "update callback set message_id = null"),
        ("callback/about_one_thing", "update callback set payment_id = gen_random_uuid()"),
        ("reconciliation/since_before_until", "update reconciliation set until = since"),
        ("reconciliation/finished_without_interruption",
            "update reconciliation set finished_at = now(), interruption = 'mollie_refused'"),
        ("reconciliation/reconciliation_interruption_check", "update reconciliation set interruption = 'tired'"),
        ("reconciliation_difference/unknown_to_us_says_nothing_of_ours",
            "update reconciliation_difference set ours = '{}'"),
        ("reconciliation_difference/known_to_us_says_ours", "update reconciliation_difference set kind = 'status'"),
        ("reconciliation_difference/missing_says_nothing_of_theirs",
            "update reconciliation_difference set theirs = null"),
        ("reconciliation_difference/missing_says_nothing_of_theirs",
            "update reconciliation_difference set kind = 'missing', ours = '{}'"),
        ("webhook_endpoint/secret_until_deleted", "update webhook_endpoint set deleted_at = now()"),
        ("webhook_endpoint/secret_until_deleted", "update webhook_endpoint set secret_cipher = null"),
        ("webhook_endpoint/previous_secret_has_its_end",
            "update webhook_endpoint set previous_secret_cipher = secret_cipher"),
        ("webhook_endpoint/disabled_has_a_reason", "update webhook_endpoint set disabled_at = now()"),
        ("webhook_endpoint/disabled_has_a_reason", "update webhook_endpoint set disabled_reason = 'gone'"),
        ("webhook_endpoint/webhook_endpoint_disabled_reason_check",
            "update webhook_endpoint set disabled_at = now(), disabled_reason = 'rain'"),
        ("notice/notice_ends_with_its_time", "update notice set came_from = status, status = 'delivered'"),
        ("notice/notice_ends_with_its_time", "update notice set finished_at = now()"),
        ("notice/only_a_waiting_notice_is_leased",
            "update notice set came_from = status, status = 'dead', finished_at = now(), leased = true"),
        ("notice/retry_counts_its_attempts", "update notice set came_from = status, status = 'retry'"),
        ("notice_attempt/an_answer_has_its_status", "update notice_attempt set outcome = 'delivered'"),
        ("notice_attempt/an_answer_has_its_status", "update notice_attempt set status_code = 200"),
        ("notice_attempt/an_answer_has_its_status", "update notice_attempt set answer_cipher = '\\x00'"),
        ("notice_attempt/notice_attempt_attempt_check", "update notice_attempt set attempt = 0"),
        ("notice_attempt/notice_attempt_latency_check", "update notice_attempt set latency = '-1 s'"),
        ("batch/every_count_is_within_the_rows", "update batch set wrong_count = 2"),
        ("batch/confirmed_by_somebody", "update batch set confirmed_at = now()"),
        ("batch/nothing_is_made_unconfirmed", "update batch set made_count = 1"),
        ("batch/canceled_by_somebody_and_finished",
            "update batch set confirmed_at = now(), confirmed_by = 'u', canceled_at = now(), canceled_by = 'u'"),
        ("batch/finished_when_no_row_waits",
            "update batch set confirmed_at = now(), confirmed_by = 'usr_1', finished_at = now()"),
        ("batch_row/made_means_a_link_in_place_of_cells", "update batch_row set status = 'made'"),
        ("batch_row/errors_say_why_no_link_is_made", "update batch_row set status = 'wrong'"),
        ("batch_row/batch_row_line_check", "update batch_row set line = 1"),
        ("idempotency/idempotency_status_code_check", "update idempotency set status_code = 422"),
        ("idempotency/idempotency_key_check", "update idempotency set key = ''"),
    ];

    private TestDatabase _database = null!;

    private static IEnumerable<TestCaseData> Cases => Refused.Select(refused =>
        new TestCaseData(refused.Constraint, refused.Statement)
            .SetArgDisplayNames(refused.Constraint, refused.Statement));

    [OneTimeSetUp]
    public async Task Create()
    {
        _database = await TestDatabase.CreateAsync();
        await TenantRows.AddAsync(_database);
    }

    [OneTimeTearDown]
    public async Task Drop() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Cases))]
    public async Task A_row_that_contradicts_itself_is_refused(string constraint, string statement)
    {
        var error = (await Assert.CatchAsync<PostgresException>(() => _database.ExecuteAsync(statement)))!;

        // A row of a table that is kept by the month is in none of its months, because no clock has made its id.
        var table = error.TableName?.Replace("_default", "", StringComparison.Ordinal);
        Assert.That($"{table}/{error.ConstraintName}", Is.EqualTo(constraint), error.MessageText);
    }

    // Constraints that say something between columns carry a sentence for a name; those that PostgreSQL names end in
    // _check.
    [Test]
    public async Task Every_check_with_a_sentence_for_a_name_is_tried_above()
    {
        var named = await _database.QueryAsync<string>(
            """
            select conrelid::regclass || '/' || conname from pg_constraint
            where contype = 'c' and connamespace = 'public'::regnamespace and conname not like '%\_check'
                and coninhcount = 0
            """);

        Assert.That(Refused.Select(refused => refused.Constraint), Is.SupersetOf(named));
    }

    [Test]
    public async Task The_database_knows_the_same_currencies()
    {
        var inDatabase = await _database.QueryAsync<string>("select code || exponent from currency");

        Assert.That(inDatabase,
            Is.EquivalentTo(Currency.All.Select(currency => $"{currency.Code}{currency.Exponent}")));
    }
}
