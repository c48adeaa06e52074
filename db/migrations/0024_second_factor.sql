-- How people prove who they are besides a password: codes from an app, recovery codes, passkeys. Like app_user, these belong to no
-- merchant and are reached by named functions only.

create table authenticator (
    user_id uuid primary key references app_user,
    -- What codes are computed from, sealed with the master key.
    secret_cipher bytea not null,
    -- The half minute of the last code that was accepted: only later ones are good, so that none is good twice.
    last_step bigint not null,
    created_at timestamptz not null default paylinks_now()
);

-- Deleted when used.
create table recovery_code (
    user_id uuid not null references authenticator,
    code_hash bytea not null,
    primary key (user_id, code_hash)
);

create table passkey (
    credential_id bytea primary key check (octet_length(credential_id) between 1 and 1023),
    user_id uuid not null references app_user,
    name text not null check (char_length(name) between 1 and 60),
    public_key bytea not null,
    sign_count bigint not null,
    is_backup_eligible boolean not null,
    is_backed_up boolean not null,
    created_at timestamptz not null default paylinks_now(),
    used_at timestamptz,
    -- When the challenge was made that it answered last: only later ones count, so that no answer counts twice.
    challenged_at timestamptz
);
create index passkey_by_user on passkey (user_id);

do $$
declare
    personal regclass;
begin
    foreach personal in array array['authenticator', 'recovery_code', 'passkey']::regclass[]
    loop
        execute format('alter table %s enable row level security', personal);
        execute format('alter table %s force row level security', personal);
        execute format('create policy named_functions on %s to paylinks_definer using (true) with check (true)', personal);
        execute format('create policy dumps on %s for select to paylinks_dump using (true)', personal);
        execute format('grant select, insert, update, delete on %s to paylinks_definer', personal);
        execute format('grant select on %s to paylinks_dump', personal);
    end loop;
end
$$;

-- A few words by which a person recognises where they are signed in, like "Firefox, Windows".
alter table session add column device text check (char_length(device) between 1 and 200);

-- Sessions -----------------------------------------------------------------------------------------------------------------------

-- The one before knew no second factor: a process of the last release would let people in without it.
drop function start_session(uuid, bytea, text, interval);

-- False: the password has been changed since it was checked, or there is a second factor and it was not asked for.
create function start_session(
    wanted uuid, new_key_hash bytea, stamp text, lifetime interval, with_second_factor boolean, on_device text)
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with forgotten as (
        delete from session s where s.user_id = wanted and s.created_at <= paylinks_now() - lifetime),
    signed_in as (
        update app_user u set failed_sign_ins = 0, locked_until = null
        where u.id = wanted and u.security_stamp = stamp
            and (with_second_factor or not exists (select from authenticator a where a.user_id = u.id))
        returning u.id),
    started as (
        insert into session (key_hash, user_id, security_stamp, device)
        select new_key_hash, u.id, stamp, on_device from signed_in u
        returning 1)
    select exists (select from started)
$$;

-- The sessions that are alive. ends_in is without another click, ends_at_most_in whatever is clicked.
create function sessions_of(wanted uuid, idle interval, lifetime interval)
returns table (key_hash bytea, device text, created_at timestamptz, seen_at timestamptz, ends_in interval, ends_at_most_in interval)
language sql stable security definer set search_path = public, pg_temp
as $$
    select s.key_hash, s.device, s.created_at, s.seen_at,
        least(s.seen_at + idle, s.created_at + lifetime) - paylinks_now(), s.created_at + lifetime - paylinks_now()
    from session s join app_user u on u.id = s.user_id and u.security_stamp = s.security_stamp
    where u.id = wanted and s.seen_at > paylinks_now() - idle and s.created_at > paylinks_now() - lifetime
    order by s.seen_at desc, s.created_at desc
$$;

create function end_other_sessions(wanted uuid, kept bytea[])
returns void
language sql security definer set search_path = public, pg_temp
as $$ delete from session s where s.user_id = wanted and not s.key_hash = any (kept) $$;

create function end_session_of(wanted uuid, ended bytea)
returns void
language sql security definer set search_path = public, pg_temp
as $$ delete from session s where s.user_id = wanted and s.key_hash = ended $$;

-- For somebody who is signed in and has given the right password once more.
create function forget_failed_sign_ins(wanted uuid)
returns void
language sql security definer set search_path = public, pg_temp
as $$ update app_user u set failed_sign_ins = 0, locked_until = null where u.id = wanted $$;

-- Codes --------------------------------------------------------------------------------------------------------------------------

create function find_authenticator(wanted uuid)
returns table (secret_cipher bytea, created_at timestamptz, codes_left int)
language sql stable security definer set search_path = public, pg_temp
as $$
    select a.secret_cipher, a.created_at, (select count(*)::int from recovery_code c where c.user_id = a.user_id)
    from authenticator a
    where a.user_id = wanted
$$;

-- Whoever was signed in elsewhere has not shown a code, and is signed out. False: one is on already.
create function turn_on_authenticator(
    wanted uuid, new_secret_cipher bytea, first_step bigint, code_hashes bytea[], kept_sessions bytea[])
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with turned_on as (
        insert into authenticator (user_id, secret_cipher, last_step)
        values (wanted, new_secret_cipher, first_step)
        on conflict (user_id) do nothing
        returning user_id),
    codes as (
        insert into recovery_code (user_id, code_hash)
        select t.user_id, h from turned_on t, unnest(code_hashes) h),
    signed_out as (
        delete from session s using turned_on t
        where s.user_id = t.user_id and not s.key_hash = any (kept_sessions))
    select exists (select from turned_on)
$$;

create function turn_off_authenticator(wanted uuid)
returns void
language sql security definer set search_path = public, pg_temp
as $$
    delete from recovery_code c where c.user_id = wanted;
    delete from authenticator a where a.user_id = wanted;
$$;

-- In place of those before. False: nothing is turned on that they could stand in for.
create function replace_recovery_codes(wanted uuid, code_hashes bytea[])
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with held as (select a.user_id from authenticator a where a.user_id = wanted for update),
    forgotten as (delete from recovery_code c using held where c.user_id = held.user_id),
    made as (
        insert into recovery_code (user_id, code_hash)
        select held.user_id, h from held, unnest(code_hashes) h
        returning 1)
    select exists (select from made)
$$;

-- False: a code of this half minute, or of a later one, has been used.
create function use_code(wanted uuid, step bigint)
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with used as (
        update authenticator a set last_step = step where a.user_id = wanted and a.last_step < step returning 1)
    select exists (select from used)
$$;

create function use_recovery_code(wanted uuid, hashes bytea[])
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with used as (
        delete from recovery_code c where c.user_id = wanted and c.code_hash = any (hashes) returning 1)
    select exists (select from used)
$$;

-- Passkeys -----------------------------------------------------------------------------------------------------------------------

create function passkeys_of(wanted uuid)
returns table (credential_id bytea, name text, public_key bytea, sign_count bigint, is_backup_eligible boolean,
    is_backed_up boolean, created_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
    select p.credential_id, p.name, p.public_key, p.sign_count, p.is_backup_eligible, p.is_backed_up, p.created_at, p.used_at
    from passkey p
    where p.user_id = wanted
    order by p.created_at, p.credential_id
$$;

create function find_user_by_passkey(wanted bytea)
returns uuid
language sql stable security definer set search_path = public, pg_temp
as $$ select p.user_id from passkey p where p.credential_id = wanted $$;

-- One that is somebody else's stays theirs.
create function save_passkey(owner uuid, new_id bytea, new_name text, new_public_key bytea, new_sign_count bigint,
    backup_eligible boolean, backed_up boolean)
returns void
language sql security definer set search_path = public, pg_temp
as $$
    insert into passkey (credential_id, user_id, name, public_key, sign_count, is_backup_eligible, is_backed_up)
    values (new_id, owner, new_name, new_public_key, new_sign_count, backup_eligible, backed_up)
    on conflict (credential_id) do update
        set name = excluded.name, sign_count = excluded.sign_count, is_backed_up = excluded.is_backed_up
        where passkey.user_id = excluded.user_id
$$;

create function remove_passkey(owner uuid, wanted bytea)
returns void
language sql security definer set search_path = public, pg_temp
as $$ delete from passkey p where p.user_id = owner and p.credential_id = wanted $$;

-- False: it has answered this challenge, or one made later.
create function use_passkey(wanted bytea, challenge_made_at timestamptz, new_sign_count bigint, backed_up boolean)
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with used as (
        update passkey p
        set sign_count = new_sign_count, is_backed_up = backed_up, used_at = paylinks_now(), challenged_at = challenge_made_at
        where p.credential_id = wanted and (p.challenged_at is null or p.challenged_at < challenge_made_at)
        returning 1)
    select exists (select from used)
$$;

do $$
declare
    door regprocedure;
begin
    foreach door in array array[
        'start_session(uuid, bytea, text, interval, boolean, text)', 'sessions_of(uuid, interval, interval)',
        'end_other_sessions(uuid, bytea[])', 'end_session_of(uuid, bytea)', 'forget_failed_sign_ins(uuid)',
        'find_authenticator(uuid)', 'turn_on_authenticator(uuid, bytea, bigint, bytea[], bytea[])',
        'turn_off_authenticator(uuid)', 'replace_recovery_codes(uuid, bytea[])', 'use_code(uuid, bigint)',
        'use_recovery_code(uuid, bytea[])', 'passkeys_of(uuid)', 'find_user_by_passkey(bytea)',
        'save_passkey(uuid, bytea, text, bytea, bigint, boolean, boolean)', 'remove_passkey(uuid, bytea)',
        'use_passkey(bytea, timestamptz, bigint, boolean)']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
