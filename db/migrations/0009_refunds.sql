create table refund_move (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into refund_move
select f, t
from unnest(array['creating', 'unknown']) f,
    unnest(array['queued', 'pending', 'processing', 'refunded', 'failed', 'canceled']) t
union all values
    ('requested', 'creating'), ('requested', 'canceled'),
    ('creating', 'unknown'),
    -- Proven not to exist at Mollie, so it may be asked for again.
    ('unknown', 'requested'),
    ('queued', 'pending'), ('queued', 'processing'), ('queued', 'refunded'), ('queued', 'failed'), ('queued', 'canceled'),
    ('pending', 'processing'), ('pending', 'refunded'), ('pending', 'failed'), ('pending', 'canceled'),
    ('processing', 'refunded'), ('processing', 'failed'), ('processing', 'canceled');
grant select on refund_move to paylinks_app, paylinks_definer, paylinks_dump;

create table refund (
    merchant_id uuid not null,
    id uuid not null,
    link_id uuid not null,
    payment_id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    -- Who wants the money back: the merchant, or one of our rules, or it was made at Mollie itself.
    cause text not null check (cause in ('merchant', 'surplus', 'late', 'external')),
    status text not null check (status in
        ('requested', 'creating', 'unknown', 'queued', 'pending', 'processing', 'refunded', 'failed', 'canceled')),
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null references currency,
    reason text check (char_length(reason) between 1 and 140),
    requested_by text not null,
    mollie_id text check (mollie_id ~ '^re_[A-Za-z0-9]+$'),
    failure_reason text,
    -- Each proven absence begins a new attempt under a new Idempotency-Key; attempt and first_asked_at belong together.
    attempt int not null default 1,
    first_asked_at timestamptz,
    created_at timestamptz not null,
    refunded_at timestamptz,
    -- When Mollie is asked to make it, or asked whether it did. Null once Mollie has it: from then on its payment is polled.
    due_at timestamptz,
    primary key (merchant_id, id),
    foreign key (merchant_id, payment_id) references payment (merchant_id, id),
    foreign key (merchant_id, link_id) references link (merchant_id, id),
    constraint one_row_per_mollie_refund unique (merchant_id, mollie_id),
    constraint refunded_at_iff_refunded check ((status = 'refunded') = (refunded_at is not null)),
    constraint known_at_mollie check (status not in ('queued', 'pending', 'processing', 'refunded') or mollie_id is not null),
    constraint due_until_mollie_has_it check ((status in ('requested', 'creating', 'unknown')) = (due_at is not null)),
    constraint failed_has_a_reason check (status <> 'failed' or failure_reason is not null)
);
create index refund_of_payment on refund (merchant_id, payment_id, id);
create index refund_of_link on refund (merchant_id, link_id, id);
create index refund_due on refund (due_at) where due_at is not null;
call protect_tenant_table('refund');
grant insert, update on refund to paylinks_app;

-- Money that the customer's bank took back.
create table dispute (
    merchant_id uuid not null,
    id uuid not null,
    link_id uuid not null,
    payment_id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    status text not null check (status in ('received', 'reversed')),
    mollie_id text not null check (mollie_id ~ '^chb_[A-Za-z0-9]+$'),
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null references currency,
    reason text,
    received_at timestamptz not null,
    reversed_at timestamptz,
    primary key (merchant_id, id),
    foreign key (merchant_id, payment_id) references payment (merchant_id, id),
    foreign key (merchant_id, link_id) references link (merchant_id, id),
    constraint one_row_per_mollie_chargeback unique (merchant_id, mollie_id),
    constraint reversed_at_iff_reversed check ((status = 'reversed') = (reversed_at is not null))
);
create index dispute_of_link on dispute (merchant_id, link_id, id);
call protect_tenant_table('dispute');
grant insert, update on dispute to paylinks_app;

-- What we ask Mollie to give back of a payment, never more than it took. Refunds made at Mollie itself are facts, not ours to bound.
alter table payment
    add column refunding_minor bigint not null default 0,
    add constraint never_refund_more_than_captured check (refunding_minor between 0 and amount_minor);

-- Money that arrives after the end: kept when the link had expired, given back when it had been canceled, unless set otherwise.
alter table merchant
    add column late_after_expiry text not null default 'keep' check (late_after_expiry in ('keep', 'refund')),
    add column late_after_cancel text not null default 'refund' check (late_after_cancel in ('keep', 'refund'));

alter table event
    add column refund_id uuid,
    add column refund_from text,
    add column refund_to text,
    add constraint legal_refund_move foreign key (refund_from, refund_to) references refund_move (from_status, to_status),
    add constraint refund_move_names_its_refund check (refund_to is null or refund_id is not null);

alter table message drop constraint message_purpose_check;
alter table message
    add column refund_id uuid,
    add column dispute_id uuid,
    add foreign key (merchant_id, refund_id) references refund (merchant_id, id),
    add foreign key (merchant_id, dispute_id) references dispute (merchant_id, id),
    add constraint message_purpose_check check (purpose in ('link', 'reminder', 'receipt', 'notice', 'refund')),
    add constraint refund_message_names_its_refund check (purpose <> 'refund' or refund_id is not null),
    add constraint only_what_tells_of_money_back_names_it check
        ((refund_id is null or purpose in ('refund', 'notice')) and (dispute_id is null or purpose = 'notice'));

-- As before, with the new purposes: only what invites to pay depends on the link being payable.
create or replace function lease_messages(of_channel text, batch int, lease interval)
returns table (merchant_id uuid, id uuid, lease_epoch int)
language sql security definer set search_path = public, pg_temp
as $$
    with due as (
        select m.merchant_id, m.id
        from message m
        where m.status = 'queued' and m.channel = of_channel and m.due_at <= paylinks_now()
            and (m.purpose not in ('link', 'reminder') or exists (
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

-- Hands out refunds that Mollie has not confirmed yet, each to one worker for the length of the lease.
create function lease_refunds(batch int, lease interval)
returns table (merchant_id uuid, id uuid)
language sql security definer set search_path = public, pg_temp
as $$
    with due as (
        select r.merchant_id, r.id from refund r
        where r.due_at <= paylinks_now()
        order by r.due_at
        limit batch
        for update skip locked)
    update refund r set due_at = paylinks_now() + lease
    from due where r.merchant_id = due.merchant_id and r.id = due.id
    returning r.merchant_id, r.id
$$;
revoke execute on function lease_refunds from public;
grant execute on function lease_refunds to paylinks_app;
alter function lease_refunds owner to paylinks_definer;
