create table link_move (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into link_move values
    ('open', 'processing'), ('open', 'paid'), ('open', 'expired'), ('open', 'canceled'),
    ('processing', 'open'), ('processing', 'paid'), ('processing', 'expired'),
    ('expired', 'open'), ('expired', 'paid'),
    ('canceled', 'paid');
grant select on link_move to paylinks_app, paylinks_definer, paylinks_dump;

create table link (
    merchant_id uuid not null references merchant,
    id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    token_hash bytea not null,
    token_cipher bytea not null,
    amount_minor bigint not null check (amount_minor between 1 and 99999999),
    currency text not null references currency,
    description text not null check (char_length(description) between 1 and 255),
    reference text check (char_length(reference) between 1 and 64),
    customer_name text check (char_length(customer_name) between 1 and 100),
    customer_phone text check (customer_phone ~ '^\+[1-9][0-9]{4,14}$'),
    customer_email text check (char_length(customer_email) between 3 and 254),
    locale text not null,
    status text not null default 'open' check (status in ('open', 'processing', 'paid', 'expired', 'canceled')),
    created_at timestamptz not null,
    created_by text not null,
    expires_at timestamptz not null,
    paid_at timestamptz,
    canceled_at timestamptz,
    expired_at timestamptz,
    late boolean not null default false,
    refunded_minor bigint not null default 0,
    return_url text check (return_url like 'https://%' and char_length(return_url) <= 2000),
    metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
    last_sequence int not null default 0,
    -- When the worker last asked Mollie whether this link may expire, and it might not.
    expiry_due_at timestamptz not null,
    primary key (merchant_id, id),
    -- What search compares: row-level security keeps lower() and the like from an index, but not a plain column. Lower case of
    -- all scripts (ICU), whatever the database's locale; byte order (C), so that a prefix is a range.
    reference_key text collate "C" generated always as (lower(reference collate "und-x-icu")) stored,
    name_key text collate "C" generated always as (lower(customer_name collate "und-x-icu")) stored,
    phone_reversed text collate "C" generated always as (reverse(customer_phone)) stored,
    constraint paid_at_iff_paid check ((status = 'paid') = (paid_at is not null)),
    constraint canceled_has_its_time check (status <> 'canceled' or canceled_at is not null),
    constraint expired_has_its_time check (status <> 'expired' or expired_at is not null),
    constraint refunded_within_amount check (refunded_minor between 0 and amount_minor),
    constraint late_only_when_paid check (not late or status = 'paid'),
    constraint expires_after_creation check (expires_at > created_at)
);
create index link_by_token on link (token_hash);
create index link_list on link (merchant_id, mode, id desc);
create index link_list_by_status on link (merchant_id, mode, status, id desc);
create index link_list_by_creator on link (merchant_id, created_by, id desc);
create index link_by_reference on link (merchant_id, reference_key) where reference_key is not null;
create index link_by_name on link (merchant_id, name_key) where name_key is not null;
create index link_by_phone on link (merchant_id, customer_phone) where customer_phone is not null;
-- Staff search by the last digits they are told, so the phone is also indexed from its end.
create index link_by_phone_end on link (merchant_id, phone_reversed) where phone_reversed is not null;
create index link_to_expire on link (expiry_due_at) where status in ('open', 'processing');
call protect_tenant_table('link');
grant insert, update on link to paylinks_app;

-- The answer given to the first request with a key, sealed, because it holds the link's address.
create table idempotency (
    merchant_id uuid not null references merchant,
    mode text not null check (mode in ('test', 'live')),
    key text not null check (char_length(key) between 1 and 255),
    fingerprint bytea not null,
    status_code smallint not null check (status_code between 200 and 299),
    answer_cipher bytea not null,
    created_at timestamptz not null,
    primary key (merchant_id, mode, key)
);
create index idempotency_by_age on idempotency (created_at);
call protect_tenant_table('idempotency');
grant insert, update on idempotency to paylinks_app;
