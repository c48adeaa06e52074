create table message_move (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into message_move values
    ('queued', 'sending'), ('queued', 'suppressed'),
    ('sending', 'queued'), ('sending', 'accepted'), ('sending', 'failed'), ('sending', 'unknown'),
    ('unknown', 'accepted'), ('unknown', 'queued'),
    ('accepted', 'delivered'), ('accepted', 'undelivered'), ('accepted', 'failed');
grant select on message_move to paylinks_app, paylinks_definer, paylinks_dump;

create table message (
    merchant_id uuid not null,
    id uuid not null,
    link_id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    channel text not null check (channel in ('sms', 'email')),
    purpose text not null check (purpose in ('link', 'reminder', 'receipt', 'notice')),
    recipient text not null,
    locale text not null,
    -- Lower goes first: 0 desk and form, 1 API, 2 receipts and notices, 3 mailings and reminders.
    lane smallint not null check (lane between 0 and 3),
    status text not null default 'queued' check (status in
        ('queued', 'sending', 'accepted', 'delivered', 'undelivered', 'failed', 'unknown', 'suppressed')),
    reason text,
    callback_key_hash bytea not null,
    callback_key_cipher bytea not null,
    provider_id text,
    due_at timestamptz not null,
    attempt smallint not null default 0,
    lease_until timestamptz,
    lease_started_at timestamptz,
    -- Fencing number: every lease has its own, and a result is written only under the number it was leased with.
    lease_epoch int not null default 0,
    created_at timestamptz not null,
    accepted_at timestamptz,
    finished_at timestamptz,
    primary key (merchant_id, id),
    foreign key (merchant_id, link_id) references link (merchant_id, id),
    constraint lease_iff_sending check ((status = 'sending') = (lease_until is not null)),
    constraint accepted_has_its_time check (status not in ('accepted', 'delivered', 'undelivered') or accepted_at is not null),
    constraint finished_iff_final check
        ((status in ('delivered', 'undelivered', 'failed', 'suppressed')) = (finished_at is not null)),
    constraint bad_end_has_a_reason check (status not in ('undelivered', 'failed', 'suppressed') or reason is not null)
);
create index message_of_link on message (merchant_id, link_id, id);
create index message_by_callback_key on message (callback_key_hash);
create index message_by_provider_id on message (merchant_id, provider_id) where provider_id is not null;
create index message_due on message (channel, lane, due_at) where status = 'queued';
create index message_leased on message (lease_until) where status = 'sending';
create index message_unknown on message (due_at) where status = 'unknown';
call protect_tenant_table('message');
grant insert, update on message to paylinks_app;
