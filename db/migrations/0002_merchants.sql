create table merchant (
    id uuid primary key,
    name text not null check (char_length(name) between 1 and 100),
    country text not null check (country ~ '^[A-Z]{2}$'),
    language text not null check (language in ('it', 'en')),
    time_zone text not null,
    currency text not null references currency,
    phone text,
    email text not null,
    address text,
    vat_number text,
    sms_sender text not null check (char_length(sms_sender) between 3 and 16),
    email_from text not null,
    link_lifetime interval not null default interval '3 days',
    created_at timestamptz not null default paylinks_now()
);
call protect_tenant_table('merchant', 'id');
grant insert, update on merchant to paylinks_app;

-- The key with which we speak to Mollie for this merchant, sealed with the master key; the profile is what mollie.js asks for.
create table mollie_account (
    merchant_id uuid not null references merchant,
    mode text not null check (mode in ('test', 'live')),
    key_cipher bytea not null,
    profile_id text not null check (profile_id ~ '^pfl_[A-Za-z0-9]+$'),
    created_at timestamptz not null default paylinks_now(),
    primary key (merchant_id, mode)
);
call protect_tenant_table('mollie_account');
grant insert, update on mollie_account to paylinks_app;

create table api_key (
    merchant_id uuid not null references merchant,
    id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    name text not null,
    key_hash bytea not null,
    scopes text[] not null,
    created_at timestamptz not null default paylinks_now(),
    revoked_at timestamptz,
    primary key (merchant_id, id)
);
create index api_key_hash on api_key (key_hash);
call protect_tenant_table('api_key');
grant insert, update on api_key to paylinks_app;

-- People who sign in. A person may work for several merchants, so this table has no tenant: it is reached by named functions only.
create table app_user (
    id uuid primary key,
    email text not null unique check (email = lower(email)),
    password_hash text,
    security_stamp text not null,
    failed_sign_ins int not null default 0,
    locked_until timestamptz,
    created_at timestamptz not null default paylinks_now()
);
alter table app_user enable row level security;
alter table app_user force row level security;
create policy named_functions on app_user to paylinks_definer using (true) with check (true);
create policy dumps on app_user for select to paylinks_dump using (true);
grant select, insert, update on app_user to paylinks_definer;
grant select on app_user to paylinks_dump;

-- Who is signed in where. A cookie carries the session's key, which is kept only as a hash; the security stamp ends all sessions
-- of a person whose password changes. Reached by named functions only, like app_user.
create table session (
    key_hash bytea primary key,
    user_id uuid not null references app_user,
    security_stamp text not null,
    created_at timestamptz not null default paylinks_now(),
    seen_at timestamptz not null default paylinks_now()
);
create index session_by_user on session (user_id);
alter table session enable row level security;
alter table session force row level security;
create policy named_functions on session to paylinks_definer using (true) with check (true);
create policy dumps on session for select to paylinks_dump using (true);
grant select, insert, update, delete on session to paylinks_definer;
grant select on session to paylinks_dump;

create table membership (
    merchant_id uuid not null references merchant,
    user_id uuid not null references app_user,
    role text not null check (role in ('owner', 'manager', 'agent', 'viewer')),
    display_name text not null check (char_length(display_name) between 1 and 100),
    created_at timestamptz not null default paylinks_now(),
    disabled_at timestamptz,
    primary key (merchant_id, user_id)
);
create index membership_by_user on membership (user_id);
call protect_tenant_table('membership');
grant insert, update on membership to paylinks_app;

-- ASP.NET's key ring (cookies, antiforgery), shared by all API processes; each key is sealed with the master key.
create table data_protection_key (
    name text primary key,
    xml_cipher bytea not null,
    created_at timestamptz not null default paylinks_now()
);
grant select, insert on data_protection_key to paylinks_app;
grant select on data_protection_key to paylinks_dump;
