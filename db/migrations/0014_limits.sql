-- How much may be sent to whom, and the word to the merchant before a day's budget is used up.

-- Every text that invites, by the block of numbers it went to (the number without its last four digits), the latest first.
-- One index for both counts: a block holds little, because it is bounded itself.
create index text_by_number_block on message (left(recipient, -4), created_at desc) include (recipient)
    where channel = 'sms' and purpose in ('link', 'reminder');

-- Why no text may be queued to this number now, and after how long one may; no row if one may. Zero allows any number.
-- Counts over all merchants, and exactly: whoever else sends to this block waits here until we have committed, and the count
-- after that sees our message. What was queued and taken back does not count.
create function why_not_text(number text, per_ten_minutes int, per_day int, per_block_and_hour int)
returns table (code text, wait interval)
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    moment timestamptz := paylinks_now();
begin
    return query
        select 'daily_limit', (d.day + 1)::timestamp at time zone m.time_zone - moment
        from merchant m
        join sms_day d on d.merchant_id = m.id and d.day = (moment at time zone m.time_zone)::date
        where m.id = paylinks_merchant() and d.segments >= m.sms_segments_per_day;
    if found or greatest(per_ten_minutes, per_day, per_block_and_hour) = 0 then
        return;
    end if;

    perform pg_advisory_xact_lock(hashtextextended('texts to ' || left(number, -4), 0));
    return query
        select r.code, nth.created_at + r.span - moment
        from (values
            ('number_limit', per_ten_minutes, interval '10 minutes', true),
            ('number_limit', per_day, interval '24 hours', true),
            ('prefix_limit', per_block_and_hour, interval '1 hour', false)) r (code, allowed, span, is_number)
        -- The text that must grow old before another may follow it: the last but so many.
        cross join lateral (
            select m.created_at
            from message m
            where left(m.recipient, -4) = left(number, -4) and m.channel = 'sms' and m.purpose in ('link', 'reminder')
                and m.created_at > moment - r.span and m.status <> 'suppressed' and (m.recipient = number or not r.is_number)
            order by m.created_at desc
            offset greatest(r.allowed - 1, 0) limit 1) nth
        where r.allowed > 0
        order by 2 desc
        limit 1;
end
$$;

-- The day that a notice to the merchant is about, whose budget is nearly used up.
alter table message
    add column sms_day date,
    add foreign key (merchant_id, sms_day) references sms_day (merchant_id, day),
    add constraint only_a_notice_names_a_day check (sms_day is null or purpose = 'notice');
create unique index told_once_of_a_day on message (merchant_id, sms_day) where sms_day is not null;

create index sms_day_to_alert on sms_day (day) where alerted_at is null;

-- Days of which four fifths of the budget are used, and whose merchants have not been told.
create function budgets_to_alert(batch int)
returns table (merchant_id uuid, day text)
language sql stable security definer set search_path = public, pg_temp
as $$
    select d.merchant_id, d.day::text
    from sms_day d
    join merchant m on m.id = d.merchant_id
    where d.alerted_at is null and d.day >= (paylinks_now() - interval '1 day')::date
        and d.segments::bigint * 5 >= m.sms_segments_per_day::bigint * 4
    limit batch
$$;

do $$
declare
    door regprocedure;
begin
    foreach door in array array['why_not_text(text, int, int, int)', 'budgets_to_alert(int)']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
