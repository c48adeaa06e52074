-- A message that did not arrive for a reason that may pass goes out once more, as a row of its own: an id at a provider is
-- never used again.
alter table message
    add column retry_of uuid,
    add foreign key (merchant_id, retry_of) references message (merchant_id, id);
create unique index tried_again_once on message (merchant_id, retry_of) where retry_of is not null;

-- As before, and what a provider says of a message twice is kept once. True: some message has this key.
create index callback_of_message on callback (merchant_id, message_id) where message_id is not null;

create or replace function receive_message_callback(
    callback_id uuid, from_provider text, hashes bytea[], said_outcome text, said_code text, said_provider_id text)
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with known as (
        select m.merchant_id, m.id from message m where m.callback_key_hash = any (hashes)),
    stored as (
        insert into callback (merchant_id, id, provider, message_id, outcome, code, provider_id, received_at)
        select k.merchant_id, callback_id, from_provider, k.id, said_outcome, said_code, said_provider_id, paylinks_now()
        from known k
        where not exists (
            select from callback c
            where c.merchant_id = k.merchant_id and c.message_id = k.id and c.provider = from_provider
                and c.outcome = said_outcome and c.provider_id is not distinct from said_provider_id))
    select exists (select from known)
$$;

-- Notes that calls to a provider did not get through so long ago. True: that is news, which nobody has noted lately.
create function note_outage(of_provider text, seen_ago interval, forgotten_after interval)
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with noted as (
        insert into provider_outage as o (provider, since, seen_at)
        values (of_provider, paylinks_now() - seen_ago, paylinks_now() - seen_ago)
        on conflict (provider) do update
        set since = case when o.seen_at < paylinks_now() - forgotten_after then excluded.since else o.since end,
            seen_at = greatest(o.seen_at, excluded.seen_at))
    select not exists (
        select from provider_outage o
        where o.provider = of_provider and o.seen_at >= paylinks_now() - forgotten_after)
$$;

-- Ends an outage that nobody has met with for so long. False: somebody still does. Null: there is none.
create function end_outage(of_provider text, unseen_for interval)
returns boolean
language sql security definer set search_path = public, pg_temp
as $$
    with ended as (
        delete from provider_outage o
        where o.provider = of_provider and o.seen_at <= paylinks_now() - unseen_for
        returning 1)
    select case
        when exists (select from ended) then true
        when exists (select from provider_outage o where o.provider = of_provider) then false
    end
$$;

-- How old the oldest message is that should have been sent already, for each channel and lane that has one.
create function oldest_due_messages()
returns table (channel text, lane smallint, age interval)
language sql stable security definer set search_path = public, pg_temp
as $$
    -- Hops from merchant to merchant and from lane to lane, as whoever leases does.
    with recursive waiting as (
        (select m.channel, m.merchant_id, m.lane, m.due_at from message m
        where m.status = 'queued'
        order by m.channel, m.merchant_id, m.lane, m.due_at
        limit 1)
        union all
        select next.channel, next.merchant_id, next.lane, next.due_at
        from waiting w
        cross join lateral (
            select m.channel, m.merchant_id, m.lane, m.due_at from message m
            where m.status = 'queued' and (m.channel, m.merchant_id, m.lane) > (w.channel, w.merchant_id, w.lane)
            order by m.channel, m.merchant_id, m.lane, m.due_at
            limit 1) next)
    select w.channel, w.lane, paylinks_now() - min(w.due_at)
    from waiting w
    where w.due_at <= paylinks_now()
    group by w.channel, w.lane
$$;

-- How many messages a provider may or may not have, and since when the oldest of them was being sent.
create function unknown_messages()
returns table (channel text, messages bigint, age interval)
language sql stable security definer set search_path = public, pg_temp
as $$
    select m.channel, count(*), paylinks_now() - min(m.lease_started_at)
    from message m
    where m.status = 'unknown'
    group by m.channel
$$;

do $$
declare
    door regprocedure;
begin
    foreach door in array array[
        'receive_message_callback(uuid, text, bytea[], text, text, text)', 'note_outage(text, interval, interval)',
        'end_outage(text, interval)', 'oldest_due_messages()', 'unknown_messages()']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
