-- The doors that customers' pages and Mollie's callbacks come through, as before, but planned once a session: PostgreSQL plans a
-- function in SQL anew at each call, which took longer than running it. It would do the same with an array, whose length it guesses
-- too high, if it were not told otherwise.

create or replace function find_link(hashes bytea[])
returns table (merchant_id uuid, id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query select l.merchant_id, l.id from link l where l.token_hash = any (hashes);
end
$$;

create or replace function receive_mollie_callback(callback_id uuid, hashes bytea[], hinted_mollie_id text)
returns boolean
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    hinted record;
begin
    update payment p set poll_at = least(coalesce(p.poll_at, paylinks_now()), paylinks_now())
    where p.callback_key_hash = any (hashes)
    returning p.merchant_id, p.id into hinted;
    if not found then
        return false;
    end if;

    insert into callback (merchant_id, id, provider, payment_id, provider_id, received_at, handled_at)
    values (hinted.merchant_id, callback_id, 'mollie', hinted.id, hinted_mollie_id, paylinks_now(), paylinks_now());
    return true;
end
$$;

create or replace function lease_payments(batch int, lease interval)
returns table (merchant_id uuid, id uuid, leased_until timestamptz)
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    with due as (
        select p.merchant_id, p.id from payment p
        where p.poll_at <= paylinks_now()
        order by p.poll_at
        limit batch
        for update skip locked)
    update payment p set poll_at = paylinks_now() + lease
    from due where p.merchant_id = due.merchant_id and p.id = due.id
    returning p.merchant_id, p.id, p.poll_at;
end
$$;

-- A kept answer's merchant is who asked, and the row goes within days. Its reference locked the merchant's row once more for each
-- link that was made.
alter table idempotency drop constraint idempotency_merchant_id_fkey;
