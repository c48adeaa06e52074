create table payment_move (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into payment_move
select f, t from unnest(array['creating', 'unknown']) f, unnest(array['open', 'pending', 'authorized', 'paid', 'failed', 'canceled', 'expired']) t
union all values
    ('creating', 'unknown'), ('unknown', 'absent'),
    ('open', 'pending'), ('open', 'authorized'), ('open', 'paid'), ('open', 'failed'), ('open', 'canceled'), ('open', 'expired'),
    ('pending', 'authorized'), ('pending', 'paid'), ('pending', 'failed'), ('pending', 'canceled'), ('pending', 'expired'),
    ('authorized', 'paid'), ('authorized', 'failed'), ('authorized', 'canceled'), ('authorized', 'expired'),
    ('failed', 'paid'), ('canceled', 'paid'), ('expired', 'paid');
grant select on payment_move to paylinks_app, paylinks_definer, paylinks_dump;

create table payment (
    merchant_id uuid not null,
    id uuid not null,
    link_id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    status text not null check (status in
        ('creating', 'unknown', 'absent', 'open', 'pending', 'authorized', 'paid', 'failed', 'canceled', 'expired')),
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null references currency,
    mollie_id text check (mollie_id ~ '^tr_[A-Za-z0-9]+$'),
    callback_key_hash bytea not null,
    -- What was posted to Mollie, sealed, so that the very same request can be repeated under the same Idempotency-Key.
    request_cipher bytea,
    checkout_url text,
    method text,
    card_brand text,
    card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
    failure_reason text,
    receipt_email text check (char_length(receipt_email) between 3 and 254),
    surplus boolean not null default false,
    superseded_at timestamptz,
    quarantined_at timestamptz,
    quarantine_reason text,
    created_at timestamptz not null,
    paid_at timestamptz,
    -- When Mollie is asked next: set back by a callback, pushed ahead by whoever is asking now. Null: nothing left to ask.
    poll_at timestamptz,
    primary key (merchant_id, id),
    foreign key (merchant_id, link_id) references link (merchant_id, id),
    constraint one_row_per_mollie_payment unique (merchant_id, mollie_id),
    constraint paid_at_iff_paid check ((status = 'paid') = (paid_at is not null)),
    constraint request_kept_until_answered check ((status in ('creating', 'unknown')) = (request_cipher is not null)),
    constraint known_at_mollie check (status not in ('open', 'pending', 'authorized', 'paid') or mollie_id is not null),
    constraint quarantine_has_a_reason check ((quarantined_at is null) = (quarantine_reason is null))
);
-- One payment under way per link; any number on record.
create unique index one_payment_under_way on payment (merchant_id, link_id)
    where status in ('creating', 'unknown', 'open', 'pending', 'authorized') and superseded_at is null;
create index payment_of_link on payment (merchant_id, link_id, id);
create index payment_by_callback_key on payment (callback_key_hash);
create index payment_to_poll on payment (poll_at) where poll_at is not null;
call protect_tenant_table('payment');
grant insert, update on payment to paylinks_app;
