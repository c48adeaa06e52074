-- Where a merchant wants to be told, by signed posts, what happens to its links. The secrets are sealed; a deleted endpoint keeps
-- its row for the log, without its secret.
create table webhook_endpoint (
    merchant_id uuid not null references merchant,
    id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    url text not null check (char_length(url) between 8 and 2048),
    -- The types of events it wants; none means all.
    event_types text[] not null default '{}',
    secret_cipher bytea,
    -- Signs beside the new one for a while after a rotation, so that the receiver can change over without losing a notice.
    previous_secret_cipher bytea,
    previous_secret_until timestamptz,
    created_at timestamptz not null,
    created_by text not null,
    disabled_at timestamptz,
    disabled_reason text check (disabled_reason in ('merchant', 'gone')),
    deleted_at timestamptz,
    primary key (merchant_id, id),
    constraint secret_until_deleted check ((deleted_at is null) = (secret_cipher is not null)),
    constraint previous_secret_has_its_end check ((previous_secret_cipher is null) = (previous_secret_until is null)),
    constraint disabled_has_a_reason check ((disabled_at is null) = (disabled_reason is null))
);
create index webhook_endpoint_list on webhook_endpoint (merchant_id, mode, id desc) where deleted_at is null;
call protect_tenant_table('webhook_endpoint');
grant insert, update on webhook_endpoint to paylinks_app;

create table notice_move (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into notice_move values
    ('pending', 'delivered'), ('pending', 'retry'), ('pending', 'dead'),
    ('retry', 'delivered'), ('retry', 'retry'), ('retry', 'dead'),
    -- Asked for again, by the merchant.
    ('dead', 'pending'), ('delivered', 'pending');
grant select on notice_move to paylinks_app, paylinks_definer, paylinks_dump;

-- One event that one endpoint is to be told of. Written by the statement that writes the event; its body is rendered when it is
-- sent, so that no link's address lies here.
create table notice (
    merchant_id uuid not null,
    event_id uuid not null,
    endpoint_id uuid not null,
    status text not null default 'pending' check (status in ('pending', 'retry', 'delivered', 'dead')),
    came_from text,
    -- How often it has been posted since it was asked for.
    attempt smallint not null default 0,
    -- When it is posted next; while it is leased, when the lease ends.
    due_at timestamptz not null,
    leased boolean not null default false,
    -- Fencing number: every lease has its own, and a result is written only under the number it was leased with.
    lease_epoch int not null default 0,
    created_at timestamptz not null,
    finished_at timestamptz,
    primary key (merchant_id, event_id, endpoint_id),
    foreign key (merchant_id, event_id) references event (merchant_id, id),
    foreign key (merchant_id, endpoint_id) references webhook_endpoint (merchant_id, id),
    constraint legal_notice_move foreign key (came_from, status) references notice_move (from_status, to_status),
    constraint notice_ends_with_its_time check ((status in ('delivered', 'dead')) = (finished_at is not null)),
    constraint only_a_waiting_notice_is_leased check (not leased or status in ('pending', 'retry')),
    constraint retry_counts_its_attempts check (status <> 'retry' or attempt > 0)
);
create index notice_due on notice (merchant_id, endpoint_id, due_at) where status in ('pending', 'retry');
create index notice_leased on notice (merchant_id, endpoint_id) where leased;
create index notice_dead on notice (merchant_id, endpoint_id, event_id) where status = 'dead';
call protect_tenant_table('notice');
grant insert, update on notice to paylinks_app;

-- One post of a notice and what came back. Body and answer are sealed: the one holds the link's address, the other may repeat it.
create table notice_attempt (
    merchant_id uuid not null,
    id uuid not null,
    event_id uuid not null,
    endpoint_id uuid not null,
    attempt smallint not null check (attempt > 0),
    outcome text not null check (outcome in ('delivered', 'refused', 'gone', 'timeout', 'unreachable', 'blocked')),
    url text not null,
    status_code smallint check (status_code between 100 and 999),
    body_cipher bytea not null,
    answer_cipher bytea,
    latency interval not null check (latency >= interval '0'),
    -- As it stands in the signature: the wall clock's, which the receiver compares with its own.
    sent_at timestamptz not null,
    created_at timestamptz not null,
    primary key (merchant_id, id),
    foreign key (merchant_id, event_id, endpoint_id) references notice (merchant_id, event_id, endpoint_id),
    constraint an_answer_has_its_status check
        ((outcome in ('delivered', 'refused', 'gone')) = (status_code is not null)
            and (answer_cipher is null or status_code is not null))
);
create index notice_attempt_of_endpoint on notice_attempt (merchant_id, endpoint_id, id desc);
create index notice_attempt_by_age on notice_attempt (created_at);
call protect_tenant_table('notice_attempt');
grant insert on notice_attempt to paylinks_app;

-- Leases due notices, of each endpoint no more than it may have under way, so that one which does not answer holds up no other.
-- Who leases an endpoint's notices locks the endpoint meanwhile; another worker passes over it. Endpoints are found by hopping from
-- one to the next in the index of what waits, so that those without work cost nothing.
create function lease_notices(batch int, per_endpoint int, lease interval)
returns table (merchant_id uuid, event_id uuid, endpoint_id uuid, lease_epoch int)
language sql security definer set search_path = public, pg_temp
as $$
    with recursive waiting as (
        (select n.merchant_id, n.endpoint_id, n.due_at from notice n
        where n.status in ('pending', 'retry')
        order by n.merchant_id, n.endpoint_id, n.due_at
        limit 1)
        union all
        select next.merchant_id, next.endpoint_id, next.due_at
        from waiting w
        cross join lateral (
            select n.merchant_id, n.endpoint_id, n.due_at from notice n
            where n.status in ('pending', 'retry')
                and (n.merchant_id, n.endpoint_id) > (w.merchant_id, w.endpoint_id)
            order by n.merchant_id, n.endpoint_id, n.due_at
            limit 1) next),
    endpoint as materialized (
        select e.merchant_id, e.id
        from waiting w
        join webhook_endpoint e on e.merchant_id = w.merchant_id and e.id = w.endpoint_id
        where w.due_at <= paylinks_now()
        for no key update of e skip locked),
    due as (
        select n.merchant_id, n.event_id, n.endpoint_id
        from endpoint e
        cross join lateral (
            select count(*) as posts from notice u
            where u.merchant_id = e.merchant_id and u.endpoint_id = e.id and u.leased and u.due_at > paylinks_now()) under_way
        cross join lateral (
            select d.merchant_id, d.event_id, d.endpoint_id, d.due_at from notice d
            where d.merchant_id = e.merchant_id and d.endpoint_id = e.id
                and d.status in ('pending', 'retry') and d.due_at <= paylinks_now()
            order by d.due_at, d.event_id
            limit greatest(per_endpoint - under_way.posts, 0)) n
        order by n.due_at, n.event_id
        limit batch)
    update notice n
    set leased = true, due_at = paylinks_now() + lease, lease_epoch = n.lease_epoch + 1
    from due
    where n.merchant_id = due.merchant_id and n.event_id = due.event_id and n.endpoint_id = due.endpoint_id
        -- Looked at again, because its result may have been written meanwhile.
        and n.status in ('pending', 'retry') and n.due_at <= paylinks_now()
    returning n.merchant_id, n.event_id, n.endpoint_id, n.lease_epoch
$$;

create function forget_old_attempts(older_than interval, batch int)
returns int
language sql security definer set search_path = public, pg_temp
as $$
    with old as (
        select a.merchant_id, a.id from notice_attempt a where a.created_at < paylinks_now() - older_than limit batch),
    forgotten as (
        delete from notice_attempt a using old where a.merchant_id = old.merchant_id and a.id = old.id returning 1)
    select count(*)::int from forgotten
$$;

do $$
declare
    door regprocedure;
begin
    foreach door in array array['lease_notices(int, int, interval)', 'forget_old_attempts(interval, int)']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;

-- A merchant's first key may do everything. The owner of the tables sees no rows of theirs; the named functions' role does.
set local role paylinks_definer;
update api_key
set scopes = scopes || array(select unnest(array['refunds:write', 'events:read', 'webhooks:write']) except select unnest(scopes))
where name = 'first';
set local role paylinks_owner;
