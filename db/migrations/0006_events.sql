-- What happened to a link, append-only, numbered per link without gaps. A row that moves a link, a payment or a message names
-- the move, and a move absent from its table cannot be recorded, hence cannot be made.
create table event (
    merchant_id uuid not null,
    id uuid not null,
    link_id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    sequence int not null check (sequence > 0),
    type text not null check (type ~ '^(link|payment|refund|dispute|settlement)\.[a-z_]+$'),
    actor text not null,
    link_from text,
    link_to text,
    payment_id uuid,
    payment_from text,
    payment_to text,
    message_id uuid,
    message_from text,
    message_to text,
    data jsonb not null default '{}',
    created_at timestamptz not null,
    -- Lets a reader of the feed stop below the oldest transaction still running, so that a late commit is never skipped.
    transaction_id xid8 not null default pg_current_xact_id(),
    primary key (merchant_id, id),
    constraint sequence_per_link unique (merchant_id, link_id, sequence),
    foreign key (merchant_id, link_id) references link (merchant_id, id),
    constraint legal_link_move foreign key (link_from, link_to) references link_move (from_status, to_status),
    constraint legal_payment_move foreign key (payment_from, payment_to) references payment_move (from_status, to_status),
    constraint legal_message_move foreign key (message_from, message_to) references message_move (from_status, to_status),
    constraint payment_move_names_its_payment check (payment_to is null or payment_id is not null),
    constraint message_move_names_its_message check (message_to is null or message_id is not null)
);
create index event_feed on event (merchant_id, transaction_id, id);
call protect_tenant_table('event');
-- No update, no delete: books stay as they were written.
grant insert on event to paylinks_app;
