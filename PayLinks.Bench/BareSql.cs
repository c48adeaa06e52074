namespace PayLinks.Bench;

/// <summary>
/// The statements of the bare programs as <c>pgbench</c> runs them: PostgreSQL with nothing before it.
/// </summary>
internal static class BareSql
{
    public const string Create =
        """
        with made as (
            insert into bare_link (id, merchant_id, token, amount_minor, description)
            values (gen_random_uuid(), '00000000-0000-0000-0000-000000000000', gen_random_uuid()::text, 4990,
                'Ordine 1042: trapano')
            returning id)
        insert into bare_message (id, link_id, recipient) select gen_random_uuid(), id, '+393470000000' from made;
        """;

    public const string Open =
        """
        \set n random(1, 1000)
        select id, amount_minor, description, created_at from bare_link where token = 'link' || :n;
        """;

    public const string List =
        """
        select id, amount_minor, description, created_at from bare_link
        where merchant_id = '00000000-0000-0000-0000-000000000000' order by id desc limit 50;
        """;

    public const string Callback =
        """
        \set n random(1, 1000)
        with hinted as (update bare_payment set poll_at = now() where callback_key = 'link' || :n returning id)
        insert into bare_callback (id, payment_id, provider_id) select gen_random_uuid(), id, 'tr_1' from hinted;
        """;
}
