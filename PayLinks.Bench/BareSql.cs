namespace PayLinks.Bench;

/// <summary>
/// The statements of the bare programs as <c>pgbench</c> runs them: PostgreSQL with nothing before it.
/// </summary>
internal static class BareSql
{
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
