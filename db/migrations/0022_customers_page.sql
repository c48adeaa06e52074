-- What the customer's page shows beside the card: the other ways to pay, the code of a call, and where the merchant says what
-- becomes of personal data.

-- The ways to pay of an account, as Mollie last told them for a currency. In Mollie's order, with amounts in minor units:
-- [{"method": "paypal", "fromMinor": 1, "toMinor": 800000}].
create table method_list (
    merchant_id uuid not null,
    mode text not null,
    currency text not null references currency,
    -- Whose list it is: an account that was given the key of another profile has none until Mollie is asked again.
    profile_id text not null,
    methods jsonb not null check (jsonb_typeof(methods) = 'array'),
    told_at timestamptz not null,
    primary key (merchant_id, mode, currency),
    foreign key (merchant_id, mode) references mollie_account (merchant_id, mode)
);
call protect_tenant_table('method_list');
grant insert, update on method_list to paylinks_app;

-- When Mollie is next asked for them.
alter table mollie_account add column methods_due_at timestamptz not null default paylinks_now();
create index mollie_account_methods_due on mollie_account (methods_due_at);

alter table link
    -- Told by an agent on the phone and shown by the page, so that the customer can hold one against the other. No secret.
    add column code text check (code ~ '^[0-9]{4}$');

alter table merchant
    -- Whether the desk's form proposes a code.
    add column desk_code boolean not null default true,
    add column privacy_url text check (privacy_url like 'https://%' and char_length(privacy_url) <= 2000);

-- Hands out accounts whose ways to pay are to be asked for, with a line for each currency that their newest open links are in, and
-- the amount of the newest of these. An account without an open link is not asked about: nobody looks at its page.
create function lease_method_lists(batch int, lease interval)
returns table (merchant_id uuid, mode text, currency text, amount_minor bigint)
language sql security definer set search_path = public, pg_temp
as $$
    with due as (
        select a.merchant_id, a.mode
        from mollie_account a
        where a.methods_due_at <= paylinks_now() and exists (
            select from link l where l.merchant_id = a.merchant_id and l.mode = a.mode and l.status = 'open')
        order by a.methods_due_at
        limit batch
        for update skip locked),
    leased as (
        update mollie_account a set methods_due_at = paylinks_now() + lease
        from due where a.merchant_id = due.merchant_id and a.mode = due.mode
        returning a.merchant_id, a.mode)
    select leased.merchant_id, leased.mode, wanted.currency, wanted.amount_minor
    from leased cross join lateral (
        select distinct on (newest.currency) newest.currency, newest.amount_minor
        from (
            select l.currency, l.amount_minor, l.id
            from link l
            where l.merchant_id = leased.merchant_id and l.mode = leased.mode and l.status = 'open'
            order by l.id desc
            limit 100) newest
        order by newest.currency, newest.id desc) wanted
$$;

do $$
begin
    revoke execute on function lease_method_lists(int, interval) from public;
    grant execute on function lease_method_lists(int, interval) to paylinks_app;
    alter function lease_method_lists(int, interval) owner to paylinks_definer;
end
$$;
