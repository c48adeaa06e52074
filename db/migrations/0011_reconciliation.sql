-- When an account's books are next compared with ours, and up to where they have been: the mark moves only when a comparison was
-- finished. A worker holds the lease while it compares, under a number of its own.
alter table mollie_account
    add column reconcile_at timestamptz not null default paylinks_now() + interval '1 day',
    add column reconcile_lease_until timestamptz,
    add column reconcile_epoch int not null default 0,
    add column reconciled_until timestamptz;
create index mollie_account_to_reconcile on mollie_account (reconcile_at);

-- One comparison of Mollie's books with ours; under way until it is finished, however often it is interrupted.
create table reconciliation (
    merchant_id uuid not null,
    id uuid not null,
    mode text not null,
    -- What was made at Mollie from here on is listed: the last mark less an overlap.
    since timestamptz not null,
    -- The mark, once this is finished.
    until timestamptz not null,
    attempt int not null default 1,
    -- Why the last attempt broke off; null while none has.
    interruption text check (interruption in ('mollie_unreachable', 'mollie_refused', 'worker_failed')),
    payments int not null default 0 check (payments >= 0),
    refunds int not null default 0 check (refunds >= 0),
    disputes int not null default 0 check (disputes >= 0),
    matched int not null default 0 check (matched >= 0),
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (merchant_id, id),
    foreign key (merchant_id, mode) references mollie_account (merchant_id, mode),
    constraint since_before_until check (since < until),
    constraint finished_without_interruption check (finished_at is null or interruption is null)
);
create unique index one_reconciliation_under_way on reconciliation (merchant_id, mode) where finished_at is null;
create index reconciliation_list on reconciliation (merchant_id, mode, id desc);
call protect_tenant_table('reconciliation');
grant insert, update on reconciliation to paylinks_app;

-- Where the two books disagreed. Never changed, never deleted: what is mended later was still a difference.
create table reconciliation_difference (
    merchant_id uuid not null,
    reconciliation_id uuid not null,
    number int not null check (number > 0),
    -- late: only this comparison found it, and asking Mollie brought it here. unknown: there, not here. missing: here, not there.
    -- The others name what the two sides say differently.
    kind text not null check (kind in ('late', 'unknown', 'missing', 'status', 'amount', 'refunded', 'disputed')),
    about text not null check (about in ('payment', 'refund', 'dispute')),
    mollie_id text not null,
    link_id uuid,
    -- What each side says: status, amount, and of a payment what went back.
    ours jsonb,
    theirs jsonb,
    -- Not the same as an earlier comparison has said already: only what is new raises an alert.
    is_new boolean not null,
    primary key (merchant_id, reconciliation_id, number),
    foreign key (merchant_id, reconciliation_id) references reconciliation (merchant_id, id),
    foreign key (merchant_id, link_id) references link (merchant_id, id),
    constraint unknown_to_us_says_nothing_of_ours check (kind <> 'unknown' or ours is null),
    constraint known_to_us_says_ours check (ours is not null or kind in ('unknown', 'late')),
    constraint missing_says_nothing_of_theirs check ((kind = 'missing') = (theirs is null))
);
create index difference_by_mollie_id on reconciliation_difference (merchant_id, mollie_id);
call protect_tenant_table('reconciliation_difference');
grant insert on reconciliation_difference to paylinks_app;

-- Hands out one account whose comparison is due and which nobody is comparing. A worker that died lets its lease run out.
create function lease_reconciliation(lease interval)
returns table (merchant_id uuid, mode text, epoch int)
language sql security definer set search_path = public, pg_temp
as $$
    with due as (
        select a.merchant_id, a.mode
        from mollie_account a
        where a.reconcile_at <= paylinks_now() and coalesce(a.reconcile_lease_until <= paylinks_now(), true)
        order by a.reconcile_at
        limit 1
        for update skip locked)
    update mollie_account a set reconcile_lease_until = paylinks_now() + lease, reconcile_epoch = a.reconcile_epoch + 1
    from due where a.merchant_id = due.merchant_id and a.mode = due.mode
    returning a.merchant_id, a.mode, a.reconcile_epoch
$$;

-- Makes every account's comparison due, for the command that runs them all.
create function request_reconciliations()
returns int
language sql security definer set search_path = public, pg_temp
as $$
    with requested as (
        update mollie_account set reconcile_at = paylinks_now() returning 1)
    select count(*)::int from requested
$$;

do $$
declare
    door regprocedure;
begin
    foreach door in array array['lease_reconciliation(interval)', 'request_reconciliations()']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
