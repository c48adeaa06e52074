-- What providers have told and what was posted to merchants is a log that grows with every link: kept by the month of its ids, so
-- that a month that is over is dropped at once instead of row by row. Links, events and messages are not: see docs/adr/0014.

-- A partition is reached through its table. Directly, only by what looks after it, and by dumps.
create procedure protect_partition(one_partition regclass)
language plpgsql
as $$
begin
    execute format('alter table %s enable row level security', one_partition);
    execute format('alter table %s force row level security', one_partition);
    execute format('create policy named_functions on %s to paylinks_definer using (true) with check (true)', one_partition);
    execute format('create policy dumps on %s for select to paylinks_dump using (true)', one_partition);
    execute format('grant select on %s to paylinks_dump', one_partition);
end
$$;
revoke execute on procedure protect_partition(regclass) from public;
grant execute on procedure protect_partition(regclass) to paylinks_definer;

-- Looks after the partitions of a table: makes those of this month and of some months ahead, and drops those whose every row is
-- older than is kept. What came while nobody looked after them has gone to the default partition, and moves to its month. A month
-- stays as long as something in it has not been seen to. Says how many it dropped.
--
-- Locks: to make one, the default partition alone; to drop one, the table, for a moment. Whoever holds it longer, as a dump does, is
-- not waited for, lest everybody else wait behind us.
create function keep_partitions(of_table text, months_ahead int, keep interval)
returns int
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '1s'
as $$
declare
    strays constant text := of_table || '_default';
    unseen constant text := case of_table when 'callback' then 'handled_at is null' when 'notice_attempt' then 'false' end;
    oldest constant timestamptz := paylinks_now() - keep;
    this_month constant timestamp := date_trunc('month', paylinks_now() at time zone 'utc');
    month timestamp;
    name text;
    first_id uuid;
    next_id uuid;
    is_needed boolean;
    dropped int := 0;
begin
    if unseen is null then
        raise exception '% has no partitions', of_table;
    end if;
    -- Another worker is at it.
    if not pg_try_advisory_xact_lock(hashtextextended('partitions of ' || of_table, 0)) then
        return 0;
    end if;

    for month in
        select m from generate_series(
            date_trunc('month', oldest at time zone 'utc'), this_month + months_ahead * interval '1 month', interval '1 month') m
    loop
        name := of_table || to_char(month, '_YYYY_MM');
        continue when to_regclass(name) is not null;
        first_id := lowest_id(month at time zone 'utc');
        next_id := lowest_id((month + interval '1 month') at time zone 'utc');
        execute format('select $1 or exists (select from %I where id >= $2 and id < $3)', strays)
            into is_needed using month >= this_month, first_id, next_id;
        continue when not is_needed;
        execute format('lock table %I in access exclusive mode', strays);
        execute format('create table %I (like %I including defaults including constraints)', name, of_table);
        execute format('with moved as (delete from %I where id >= $1 and id < $2 returning *) insert into %I select * from moved',
            strays, name) using first_id, next_id;
        call protect_partition(name::regclass);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', of_table, name, first_id, next_id);
    end loop;

    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = of_table::regclass
            and case when c.relname ~ '_\d{4}_\d\d$'
                then to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= oldest at time zone 'utc' end
    loop
        execute format('select exists (select from %I where %s)', name, unseen) into is_needed;
        if not is_needed then
            execute format('drop table %I', name);
            dropped := dropped + 1;
        end if;
    end loop;

    execute format('delete from %I where id < $1 and not (%s)', strays, unseen) using lowest_id(oldest);
    return dropped;
end
$$;

drop function forget_old_attempts(interval, int);

-- What there is becomes the default partition, from which each row moves to its month.
alter table callback rename to callback_default;
alter index callback_pkey rename to callback_default_pkey;
alter index callback_to_handle rename to callback_default_to_handle;
alter index callback_of_message rename to callback_default_of_message;
create table callback (like callback_default including defaults including constraints, primary key (merchant_id, id))
    partition by range (id);
create index callback_to_handle on callback (id) where handled_at is null;
create index callback_of_message on callback (merchant_id, message_id) where message_id is not null;
alter table callback attach partition callback_default default;
call protect_tenant_table('callback');
grant insert, update on callback to paylinks_app;

drop index notice_attempt_by_age;
alter table notice_attempt rename to notice_attempt_default;
alter index notice_attempt_pkey rename to notice_attempt_default_pkey;
alter index notice_attempt_of_endpoint rename to notice_attempt_default_of_endpoint;
create table notice_attempt (
    like notice_attempt_default including defaults including constraints,
    primary key (merchant_id, id),
    foreign key (merchant_id, event_id, endpoint_id) references notice (merchant_id, event_id, endpoint_id)
) partition by range (id);
create index notice_attempt_of_endpoint on notice_attempt (merchant_id, endpoint_id, id desc);
alter table notice_attempt attach partition notice_attempt_default default;
call protect_tenant_table('notice_attempt');
grant insert on notice_attempt to paylinks_app;

do $$
declare
    name text;
begin
    foreach name in array array['callback_default', 'notice_attempt_default'] loop
        execute format('drop policy one_merchant on %I', name);
        execute format('revoke all on %I from paylinks_app', name);
    end loop;
    -- Whoever makes partitions of a table owns it.
    foreach name in array array['callback', 'callback_default', 'notice_attempt', 'notice_attempt_default'] loop
        execute format('alter table %I owner to paylinks_definer', name);
    end loop;
    revoke execute on function keep_partitions(text, int, interval) from public;
    grant execute on function keep_partitions(text, int, interval) to paylinks_app;
    alter function keep_partitions(text, int, interval) owner to paylinks_definer;
end
$$;

-- As before, but what was told is looked for only in the months in which it can have been: since the message was made.
create or replace function receive_message_callback(
    callback_id uuid, from_provider text, hashes bytea[], said_outcome text, said_code text, said_provider_id text)
returns boolean
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    known record;
    first_id uuid;
    next_id constant uuid := lowest_id_after(statement_timestamp());
begin
    select m.merchant_id, m.id, m.created_at into known from message m where m.callback_key_hash = any (hashes);
    if not found then
        return false;
    end if;

    first_id := lowest_id_since(known.created_at);
    insert into callback (merchant_id, id, provider, message_id, outcome, code, provider_id, received_at)
    select known.merchant_id, callback_id, from_provider, known.id, said_outcome, said_code, said_provider_id, paylinks_now()
    where not exists (
        select from callback c
        where c.merchant_id = known.merchant_id and c.message_id = known.id and c.id >= first_id and c.id < next_id
            and c.provider = from_provider and c.outcome = said_outcome
            and c.provider_id is not distinct from said_provider_id);
    return true;
end
$$;

-- Asked at every piece of news, mostly for nothing: as before, but planned once a session.
create or replace function lock_callbacks(batch int)
returns table (merchant_id uuid, id uuid, provider text, message_id uuid, outcome text, code text, provider_id text)
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    select c.merchant_id, c.id, c.provider, c.message_id, c.outcome, c.code, c.provider_id
    from callback c
    where c.handled_at is null
    order by c.id
    limit batch
    for update skip locked;
end
$$;

-- How long they are kept is the worker's to know: here nothing is too old, so every row finds its month.
set local role paylinks_definer;
select keep_partitions('callback', 3, paylinks_now() - coalesce(min(c.received_at), paylinks_now()) + interval '1 day')
from callback c;
select keep_partitions('notice_attempt', 3, paylinks_now() - coalesce(min(a.created_at), paylinks_now()) + interval '1 day')
from notice_attempt a;
set local role paylinks_owner;
