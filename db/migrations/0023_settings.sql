-- What an owner sets: who works here and as what, which programs may call, which account at Mollie, how long a link lives; and
-- who has changed what.

-- Somebody is asked to work for a merchant. The link is shown once, to whoever invites; its token is kept only as a hash.
create table invitation (
    merchant_id uuid not null references merchant,
    id uuid not null,
    token_hash bytea not null,
    email text not null check (email = lower(email) and char_length(email) between 3 and 254),
    display_name text not null check (char_length(display_name) between 1 and 100),
    role text not null check (role in ('owner', 'manager', 'agent', 'viewer')),
    created_at timestamptz not null default paylinks_now(),
    created_by text not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    withdrawn_at timestamptz,
    primary key (merchant_id, id),
    constraint an_invitation_lasts check (expires_at > created_at),
    constraint an_invitation_ends_once check (accepted_at is null or withdrawn_at is null)
);
create index invitation_by_token on invitation (token_hash);
create unique index one_invitation_per_address on invitation (merchant_id, email)
    where accepted_at is null and withdrawn_at is null;
call protect_tenant_table('invitation');
grant insert, update on invitation to paylinks_app;

create function find_invitation(hashes bytea[])
returns table (merchant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
    select i.merchant_id, i.id from invitation i
    where i.token_hash = any (hashes) and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > paylinks_now()
$$;

-- The addresses of the people of the running transaction's merchant, of nobody else's.
create function emails_of_team()
returns table (user_id uuid, email text)
language sql stable security definer set search_path = public, pg_temp
as $$
    select u.id, u.email from membership m join app_user u on u.id = m.user_id
    where m.merchant_id = paylinks_merchant()
$$;

-- A merchant that has an owner keeps one: nobody else could let somebody in again. Whoever takes an owner away waits for others
-- who do, and then sees what they did.
create function keep_an_owner() returns trigger
language plpgsql set search_path = public, pg_temp
as $$
begin
    perform from merchant where id = old.merchant_id for no key update;
    if not exists (
        select from membership m where m.merchant_id = old.merchant_id and m.role = 'owner' and m.disabled_at is null)
    then
        raise exception 'the last owner stays' using errcode = 'check_violation', constraint = 'the_last_owner_stays',
            table = 'membership';
    end if;
    return null;
end
$$;
create trigger keep_an_owner after update on membership for each row
    when (old.role = 'owner' and old.disabled_at is null and (new.role <> 'owner' or new.disabled_at is not null))
    execute function keep_an_owner();

alter table api_key
    add constraint api_key_name_check check (char_length(name) between 1 and 100),
    -- To the minute: written at most once in that time, however often the key is used.
    add column last_used_at timestamptz;

-- As before, and notes that the key is in use. Who finds the row locked leaves the note to whoever holds it.
create or replace function find_api_key(hashes bytea[])
returns table (merchant_id uuid, id uuid, mode text, scopes text[])
language sql volatile security definer set search_path = public, pg_temp
as $$
    with found as (
        select k.merchant_id, k.id, k.mode, k.scopes, k.last_used_at
        from api_key k
        where k.key_hash = any (hashes) and k.revoked_at is null),
    stale as (
        select k.merchant_id, k.id
        from api_key k
        join found f on f.merchant_id = k.merchant_id and f.id = k.id
        where f.last_used_at is null or f.last_used_at < paylinks_now() - interval '1 minute'
        for no key update of k skip locked),
    noted as (
        update api_key k set last_used_at = paylinks_now()
        from stale s
        where k.merchant_id = s.merchant_id and k.id = s.id)
    select f.merchant_id, f.id, f.mode, f.scopes from found f
$$;

-- When the key to Mollie was last set.
alter table mollie_account add column key_set_at timestamptz not null default paylinks_now();
update mollie_account set key_set_at = created_at;

-- In days and less, because a month is as long as the month in which it begins.
alter table merchant add constraint merchant_link_lifetime_check check (
    link_lifetime > interval '0' and extract(year from link_lifetime) = 0 and extract(month from link_lifetime) = 0);

-- Who changed what of the settings: written in the transaction of the change, never changed, never deleted. What happens to a link
-- is its events' to tell.
create table audit_entry (
    merchant_id uuid not null references merchant,
    id uuid not null,
    -- As events name whoever did something: usr_… or key_….
    actor text not null check (char_length(actor) between 1 and 100),
    action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
    -- Whom or what it was done to, in words of the time, so that it is read after that is gone.
    about text check (char_length(about) between 1 and 2048),
    -- What was and what is, field by field: [{"field", "old", "new"}]. No secrets.
    changes jsonb not null default '[]' check (jsonb_typeof(changes) = 'array'),
    created_at timestamptz not null default paylinks_now(),
    primary key (merchant_id, id)
);
create index audit_entry_by_actor on audit_entry (merchant_id, actor, id desc);
call protect_tenant_table('audit_entry');
revoke update, delete on audit_entry from paylinks_definer;
grant insert on audit_entry to paylinks_app;

do $$
declare
    door regprocedure;
begin
    foreach door in array array['find_invitation(bytea[])', 'emails_of_team()', 'find_api_key(bytea[])']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
