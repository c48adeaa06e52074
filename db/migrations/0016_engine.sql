-- How messages leave: by lane, at the pace of their sender, within the budget of their merchant; and what follows when one
-- does not arrive, or nobody pays.

-- Found by hopping from merchant to merchant and from lane to lane.
drop index message_due;
create index message_waiting on message (channel, merchant_id, lane, due_at) where status = 'queued';

-- A zone that the database does not know would stop the lease for everybody.
alter table merchant add check (timestamptz '2000-01-01 00:00Z' at time zone time_zone is not null);

-- Every sender has its row before its first text, so that whoever leases has something to lock. It begins with the second's
-- worth that it may be given at once.
create function know_sender() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    insert into sender_pace (sender, free_at) values (new.sms_sender, paylinks_now() - interval '1 second')
    on conflict (sender) do nothing;
    return new;
end
$$;
create trigger know_sender after insert or update of sms_sender on merchant for each row execute function know_sender();

set local role paylinks_definer;
insert into sender_pace (sender, free_at) select distinct m.sms_sender, paylinks_now() - interval '1 second' from merchant m;
set local role paylinks_owner;

-- Leases due messages of a channel, the lowest lane first, then the longest due.
--
-- Texts keep to three bounds. A sender is given no more segments than it carries in a second, however many merchants and
-- workers share it; free_at is when the next one may go, and whoever leases for a sender holds its row, so that two workers
-- do not both count on it (the second passes over that sender). A merchant's texts of one day stay within its budget; a
-- text is counted when it is leased first, so that trying it again costs nothing. Nobody is looked at longer than it could
-- be served: of each merchant and lane no more rows than its sender may be given, whatever waits behind them.
--
-- What must not go out is put off instead of leased, so that it is in nobody's way: an invitation to a link that cannot be
-- paid, which whoever ends the link takes back; and what somebody does not want, which is returned as opted_out for the
-- caller to write down.
--
-- A last row without a merchant says in again_in after how long the next sender may go on for which more is waiting.
--
-- Locks: senders, then messages, neither waited for; then the merchants' days in the order of their ids.
drop function lease_messages(text, int, interval);
create function lease_messages(of_channel text, batch int, lease interval,
    number_per_second int, name_per_second int, code_per_second int, service_per_second int)
returns table (merchant_id uuid, id uuid, lease_epoch int, opted_out boolean, again_in interval)
language plpgsql security definer set search_path = public, pg_temp
-- Its plans are kept while the queue grows from nothing to anything; each step must go by an index to few rows.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    is_text constant boolean := of_channel = 'sms';
    moment constant timestamptz := paylinks_now();
    merchants uuid[];
    lanes smallint[];
    dues timestamptz[];
    senders text[];
begin
    with recursive waiting as (
        (select m.merchant_id, m.lane, m.due_at from message m
        where m.channel = of_channel and m.status = 'queued'
        order by m.merchant_id, m.lane, m.due_at
        limit 1)
        union all
        select next.merchant_id, next.lane, next.due_at
        from waiting w
        cross join lateral (
            select m.merchant_id, m.lane, m.due_at from message m
            where m.channel = of_channel and m.status = 'queued' and (m.merchant_id, m.lane) > (w.merchant_id, w.lane)
            order by m.merchant_id, m.lane, m.due_at
            limit 1) next)
    select array_agg(w.merchant_id), array_agg(w.lane), array_agg(w.due_at)
    into merchants, lanes, dues
    from waiting w
    where w.due_at <= moment;
    if merchants is null then
        return;
    end if;

    -- A statement of its own, so that the next one sees what others have counted before they let go of a sender.
    if is_text then
        select array_agg(free.sender) into senders
        from (
            select p.sender from sender_pace p
            where p.sender in (select b.sms_sender from merchant b where b.id = any (merchants)) and p.free_at <= moment
            for update skip locked) free;
    end if;

    return query
    with head as (
        select h.merchant_id, h.lane, h.due_at, b.sms_sender as sender, b.sms_segments_per_day as budget,
            (moment at time zone b.time_zone)::date as day,
            coalesce(min(b.sms_per_second) over (partition by b.sms_sender), case
                when b.sms_sender like '+%' then number_per_second
                when b.sms_sender ~ '^MG[0-9a-f]{32}$' then service_per_second
                when b.sms_sender ~ '^[0-9]+$' then code_per_second
                else name_per_second end) as per_second
        from unnest(merchants, lanes, dues) as h (merchant_id, lane, due_at)
        join merchant b on b.id = h.merchant_id),
    -- Never more than a second's worth at once, however long the sender has been idle.
    served as (
        select h.merchant_id, h.lane, h.sender, h.day, h.per_second, interval '1 second' / h.per_second as step,
            case when is_text
                then least(h.per_second, floor(extract(epoch from moment - p.free_at) * h.per_second) + 1)::int
                else batch end as allowed,
            h.budget - coalesce(d.segments, 0) as remaining
        from head h
        left join sender_pace p on p.sender = h.sender and h.sender = any (senders)
        left join sms_day d on d.merchant_id = h.merchant_id and d.day = h.day
        where not is_text or p.sender is not null
        order by is_text and d.segments >= h.budget, h.lane, h.due_at
        limit batch),
    candidate as materialized (
        select s.merchant_id, s.lane, s.sender, s.day, s.per_second, s.step, s.allowed, s.remaining,
            m.id, m.due_at, m.segments, m.attempt, m.purpose, m.recipient, m.link_id
        from served s
        cross join lateral (
            select m.id, m.due_at, m.segments, m.attempt, m.purpose, m.recipient, m.link_id
            from message m
            where m.channel = of_channel and m.merchant_id = s.merchant_id and m.lane = s.lane
                and m.status = 'queued' and m.due_at <= moment
            order by m.due_at
            limit least(s.allowed, batch) + 1
            for update skip locked) m),
    judged as materialized (
        select c.*,
            c.purpose in ('link', 'reminder') and not (
                select l.status in ('open', 'processing') and l.expires_at > moment from link l
                where l.merchant_id = c.merchant_id and l.id = c.link_id) as is_over,
            (is_text or c.purpose in ('link', 'reminder')) and coalesce((
                select o.opted_in_at is null from opt_out o
                where o.merchant_id = c.merchant_id and o.channel = of_channel and o.recipient = lower(c.recipient)),
                false) as is_unwanted
        from candidate c),
    priced as (
        select j.*, sum(j.segments) filter (where j.attempt = 0) over (
            partition by j.merchant_id order by j.lane, j.due_at, j.id rows unbounded preceding) as costs
        from judged j
        where not (j.is_over or j.is_unwanted)),
    affordable as materialized (
        select p.*, coalesce(sum(p.segments) over (
            partition by p.sender order by p.lane, p.due_at, p.id
            rows between unbounded preceding and 1 preceding), 0) as ahead
        from priced p
        where not is_text or p.attempt > 0 or p.costs <= p.remaining),
    taken as materialized (
        select a.* from affordable a
        where not is_text or a.ahead < a.allowed
        order by a.lane, a.due_at, a.id
        limit batch),
    leased as (
        update message m
        set status = 'sending', attempt = m.attempt + 1, lease_until = moment + lease, lease_started_at = moment,
            lease_epoch = m.lease_epoch + 1
        from taken t
        where m.merchant_id = t.merchant_id and m.id = t.id
        returning m.merchant_id, m.id, m.lease_epoch),
    put_off as (
        update message m
        set due_at = moment + lease
        from judged j
        where (j.is_over or j.is_unwanted) and m.merchant_id = j.merchant_id and m.id = j.id
        returning m.merchant_id, m.id, m.lease_epoch, j.is_over),
    paced as (
        update sender_pace p
        set free_at = greatest(p.free_at, moment - (s.per_second - 1) * s.step) + s.segments * s.step
        from (
            select t.sender, t.per_second, t.step, sum(t.segments) as segments from taken t
            group by t.sender, t.per_second, t.step) s
        where is_text and p.sender = s.sender
        returning p.sender, p.free_at),
    counted as (
        insert into sms_day as d (merchant_id, day, segments)
        select t.merchant_id, t.day, sum(t.segments) from taken t
        where is_text and t.attempt = 0
        group by t.merchant_id, t.day
        order by t.merchant_id
        on conflict (merchant_id, day) do update set segments = d.segments + excluded.segments),
    next as (
        select moment as at from put_off
        union all
        select p.free_at from head h join sender_pace p on p.sender = h.sender
        where is_text and p.free_at > moment
        union all
        select p.free_at from paced p
        where p.sender in (select a.sender from affordable a where a.ahead >= a.allowed))
    select l.merchant_id, l.id, l.lease_epoch, false, null::interval from leased l
    union all
    select p.merchant_id, p.id, p.lease_epoch, true, null from put_off p where not p.is_over
    union all
    select null, null, null, null, greatest(min(n.at) - moment, interval '0') from next n having count(*) > 0;
end
$$;

-- Hands out messages that have not arrived in time, each to one worker for the length of the lease.
create function lease_fallbacks(batch int, lease interval)
returns table (merchant_id uuid, id uuid)
language sql security definer set search_path = public, pg_temp
as $$
    with due as (
        select m.merchant_id, m.id from message m
        where m.fallback_at <= paylinks_now()
        order by m.fallback_at
        limit batch
        for update skip locked)
    update message m set fallback_at = paylinks_now() + lease
    from due where m.merchant_id = due.merchant_id and m.id = due.id
    returning m.merchant_id, m.id
$$;

-- Hands out links whose customers are to be reminded, each to one worker for the length of the lease. leased_until is what
-- remind_at must still be when the reminder is queued: whoever extends the link, or takes the lease over, sets another.
create function lease_reminders(batch int, lease interval)
returns table (merchant_id uuid, id uuid, leased_until timestamptz)
language sql security definer set search_path = public, pg_temp
as $$
    with due as (
        select l.merchant_id, l.id from link l
        where l.remind_at <= paylinks_now()
        order by l.remind_at
        limit batch
        for update skip locked)
    update link l set remind_at = paylinks_now() + lease
    from due where l.merchant_id = due.merchant_id and l.id = due.id
    returning l.merchant_id, l.id, l.remind_at
$$;

do $$
declare
    door regprocedure;
begin
    revoke execute on function know_sender() from public;
    alter function know_sender() owner to paylinks_definer;
    foreach door in array array['lease_messages(text, int, interval, int, int, int, int)', 'lease_fallbacks(int, interval)',
        'lease_reminders(int, interval)']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
