-- The only ways past row-level security: what comes before a merchant is known. Each runs as paylinks_definer, which cannot log in,
-- returns no more than its caller needs, and is listed in db/README.md.

create function find_api_key(hashes bytea[])
returns table (merchant_id uuid, id uuid, mode text, scopes text[])
language sql stable security definer set search_path = public
as $$ select k.merchant_id, k.id, k.mode, k.scopes from api_key k where k.key_hash = any (hashes) and k.revoked_at is null $$;

create function find_link(hashes bytea[])
returns table (merchant_id uuid, id uuid)
language sql stable security definer set search_path = public
as $$ select l.merchant_id, l.id from link l where l.token_hash = any (hashes) $$;

-- People -------------------------------------------------------------------------------------------------------------------------

create function find_user_by_email(wanted text)
returns setof app_user
language sql stable security definer set search_path = public
as $$ select * from app_user where email = lower(wanted) $$;

create function find_user(wanted uuid)
returns setof app_user
language sql stable security definer set search_path = public
as $$ select * from app_user where id = wanted $$;

create function add_user(new_id uuid, new_email text, new_password_hash text, new_security_stamp text)
returns uuid
language sql security definer set search_path = public
as $$
    insert into app_user (id, email, password_hash, security_stamp)
    values (new_id, lower(new_email), new_password_hash, new_security_stamp)
    on conflict (email) do update set email = excluded.email
    returning id
$$;

create function save_user(wanted uuid, new_password_hash text, new_security_stamp text)
returns boolean
language sql security definer set search_path = public
as $$
    with saved as (
        update app_user set password_hash = new_password_hash, security_stamp = new_security_stamp
        where id = wanted
        returning 1)
    select exists (select from saved)
$$;

-- Counts an attempt before its password is checked, so that guesses sent side by side cannot outrun the count; the last one
-- allowed locks, and a right password unlocks again (start_session). False: locked.
create function count_sign_in(wanted uuid, allowed int, lock_for interval)
returns boolean
language sql security definer set search_path = public
as $$
    with counted as (
        update app_user u
        set failed_sign_ins = case when u.locked_until is null then u.failed_sign_ins + 1 else 1 end,
            locked_until = case
                when case when u.locked_until is null then u.failed_sign_ins + 1 else 1 end >= allowed
                then paylinks_now() + lock_for end
        where u.id = wanted and (u.locked_until is null or u.locked_until <= paylinks_now())
        returning 1)
    select exists (select from counted)
$$;

-- False: the password has been changed since it was checked.
create function start_session(wanted uuid, new_key_hash bytea, stamp text, lifetime interval)
returns boolean
language sql security definer set search_path = public
as $$
    with forgotten as (
        delete from session s where s.user_id = wanted and s.created_at <= paylinks_now() - lifetime),
    signed_in as (
        update app_user u set failed_sign_ins = 0, locked_until = null
        where u.id = wanted and u.security_stamp = stamp
        returning u.id),
    started as (
        insert into session (key_hash, user_id, security_stamp)
        select new_key_hash, u.id, stamp from signed_in u
        returning 1)
    select exists (select from started)
$$;

-- Who is behind a session's key, and what they are at this merchant: the membership's columns are null where they are nothing.
-- Somebody who only watches a live screen does not keep the session from running out.
create function find_session(hashes bytea[], at_merchant uuid, idle interval, lifetime interval, only_watches boolean)
returns table (user_id uuid, email text, merchant_id uuid, merchant_name text, role text, display_name text, mode text,
    country text, currency text, time_zone text)
language sql security definer set search_path = public
as $$
    with live as (
        select s.key_hash, s.seen_at, u.id, u.email
        from session s join app_user u on u.id = s.user_id and u.security_stamp = s.security_stamp
        where s.key_hash = any (hashes)
            and s.seen_at > paylinks_now() - idle and s.created_at > paylinks_now() - lifetime),
    touched as (
        update session s set seen_at = paylinks_now()
        from live
        where s.key_hash = live.key_hash and not only_watches and live.seen_at < paylinks_now() - least(interval '1 minute', idle / 4))
    select live.id, live.email, b.id, b.name, m.role, m.display_name,
        case when exists (select from mollie_account a where a.merchant_id = b.id and a.mode = 'live') then 'live' else 'test' end,
        b.country, b.currency, b.time_zone
    from live
    left join membership m on m.merchant_id = at_merchant and m.user_id = live.id and m.disabled_at is null
    left join merchant b on b.id = m.merchant_id
$$;

create function end_session(hashes bytea[])
returns void
language sql security definer set search_path = public
as $$ delete from session s where s.key_hash = any (hashes) $$;

create function memberships_of(wanted uuid)
returns table (merchant_id uuid, merchant_name text, role text, display_name text)
language sql stable security definer set search_path = public
as $$
    select m.merchant_id, b.name, m.role, m.display_name
    from membership m join merchant b on b.id = m.merchant_id
    where m.user_id = wanted and m.disabled_at is null
    order by m.created_at
$$;

-- Callbacks ----------------------------------------------------------------------------------------------------------------------

-- Stores Mollie's hint and sets the payment's next poll to now. False: no payment has this key.
create function receive_mollie_callback(callback_id uuid, hashes bytea[], hinted_mollie_id text)
returns boolean
language sql security definer set search_path = public
as $$
    with hinted as (
        update payment p set poll_at = least(coalesce(p.poll_at, paylinks_now()), paylinks_now())
        where p.callback_key_hash = any (hashes)
        returning p.merchant_id, p.id),
    stored as (
        insert into callback (merchant_id, id, provider, payment_id, provider_id, received_at, handled_at)
        select h.merchant_id, callback_id, 'mollie', h.id, hinted_mollie_id, paylinks_now(), paylinks_now() from hinted h
        returning 1)
    select exists (select from stored)
$$;

-- Stores what a provider of messages says of one message. False: no message has this key.
create function receive_message_callback(
    callback_id uuid, from_provider text, hashes bytea[], said_outcome text, said_code text, said_provider_id text)
returns boolean
language sql security definer set search_path = public
as $$
    with stored as (
        insert into callback (merchant_id, id, provider, message_id, outcome, code, provider_id, received_at)
        select m.merchant_id, callback_id, from_provider, m.id, said_outcome, said_code, said_provider_id, paylinks_now()
        from message m
        where m.callback_key_hash = any (hashes)
        returning 1)
    select exists (select from stored)
$$;

-- Locks a batch until the end of the caller's transaction, in which it is applied and marked as handled.
create function lock_callbacks(batch int)
returns table (merchant_id uuid, id uuid, provider text, message_id uuid, outcome text, code text, provider_id text)
language sql security definer set search_path = public
as $$
    select c.merchant_id, c.id, c.provider, c.message_id, c.outcome, c.code, c.provider_id
    from callback c
    where c.handled_at is null
    order by c.id
    limit batch
    for update skip locked
$$;

-- Work that is due ---------------------------------------------------------------------------------------------------------------

-- Leases messages of one channel that are due. A link message whose link is no longer payable is passed over here, in the statement
-- that leases. Channels are leased apart, so that a provider that is ill holds up nobody else's messages.
create function lease_messages(of_channel text, batch int, lease interval)
returns table (merchant_id uuid, id uuid, lease_epoch int)
language sql security definer set search_path = public
as $$
    with due as (
        select m.merchant_id, m.id
        from message m
        where m.status = 'queued' and m.channel = of_channel and m.due_at <= paylinks_now()
            and (m.purpose in ('receipt', 'notice') or exists (
                select from link l
                where l.merchant_id = m.merchant_id and l.id = m.link_id
                    and l.status in ('open', 'processing') and l.expires_at > paylinks_now()))
        order by m.lane, m.due_at
        limit batch
        for update of m skip locked)
    update message m
    set status = 'sending', attempt = m.attempt + 1, lease_until = paylinks_now() + lease, lease_started_at = paylinks_now(),
        lease_epoch = m.lease_epoch + 1
    from due
    where m.merchant_id = due.merchant_id and m.id = due.id
    returning m.merchant_id, m.id, m.lease_epoch
$$;

-- A lease that ran out means that its worker died, perhaps after the provider had accepted: the message is unknown until looked up.
create function give_up_dead_leases(batch int)
returns int
language sql security definer set search_path = public
as $$
    with dead as (
        select m.merchant_id, m.id from message m
        where m.status = 'sending' and m.lease_until <= paylinks_now()
        order by m.lease_until
        limit batch
        for update skip locked),
    given_up as (
        update message m set status = 'unknown', lease_until = null, due_at = paylinks_now()
        from dead where m.merchant_id = dead.merchant_id and m.id = dead.id
        returning 1)
    select count(*)::int from given_up
$$;

-- Hands out unknown messages of one channel to be looked up, each to one worker for the length of the lease.
create function lease_unknown_messages(of_channel text, batch int, lease interval)
returns table (merchant_id uuid, id uuid)
language sql security definer set search_path = public
as $$
    with due as (
        select m.merchant_id, m.id from message m
        where m.status = 'unknown' and m.channel = of_channel and m.due_at <= paylinks_now()
        order by m.due_at
        limit batch
        for update skip locked)
    update message m set due_at = paylinks_now() + lease
    from due where m.merchant_id = due.merchant_id and m.id = due.id
    returning m.merchant_id, m.id
$$;

-- Hands out payments that Mollie is to be asked about. leased_until is what poll_at must still be when the poll is written off:
-- a callback that came in between has set it back, and must not be lost.
create function lease_payments(batch int, lease interval)
returns table (merchant_id uuid, id uuid, leased_until timestamptz)
language sql security definer set search_path = public
as $$
    with due as (
        select p.merchant_id, p.id from payment p
        where p.poll_at <= paylinks_now()
        order by p.poll_at
        limit batch
        for update skip locked)
    update payment p set poll_at = paylinks_now() + lease
    from due where p.merchant_id = due.merchant_id and p.id = due.id
    returning p.merchant_id, p.id, p.poll_at
$$;

create function lease_links_to_expire(batch int, lease interval)
returns table (merchant_id uuid, id uuid)
language sql security definer set search_path = public
as $$
    with due as (
        select l.merchant_id, l.id from link l
        where l.status in ('open', 'processing') and l.expiry_due_at <= paylinks_now()
        order by l.expiry_due_at
        limit batch
        for update skip locked)
    update link l set expiry_due_at = paylinks_now() + lease
    from due where l.merchant_id = due.merchant_id and l.id = due.id
    returning l.merchant_id, l.id
$$;

create function forget_old_answers(older_than interval, batch int)
returns int
language sql security definer set search_path = public
as $$
    with old as (
        select i.ctid from idempotency i where i.created_at < paylinks_now() - older_than limit batch),
    forgotten as (delete from idempotency i using old where i.ctid = old.ctid returning 1)
    select count(*)::int from forgotten
$$;

do $$
declare
    door regprocedure;
begin
    for door in
        select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        -- Unless it is named, the schema of temporary tables comes first, and a caller's table could stand in for ours.
        execute format('alter function %s set search_path = public, pg_temp', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;

-- The API says that it is ready only when every migration it was built with is here. The journal is the migrator's own table.
grant select on schemaversions to paylinks_app;
