-- What providers post to us, stored before it is answered. Mollie's carries no status, so it only sets the payment's poll_at back;
-- Twilio's and SendGrid's carry a verified status, which the worker applies to the message in batches.
create table callback (
    merchant_id uuid not null references merchant,
    id uuid not null,
    provider text not null check (provider in ('mollie', 'twilio', 'sendgrid')),
    payment_id uuid,
    message_id uuid,
    -- The provider's own word for it ('delivered', 'bounce'), its error code, and its id of the message or event.
    outcome text,
    code text,
    provider_id text,
    received_at timestamptz not null,
    handled_at timestamptz,
    primary key (merchant_id, id),
    constraint about_one_thing check ((payment_id is null) <> (message_id is null))
);
create index callback_to_handle on callback (id) where handled_at is null;
call protect_tenant_table('callback');
grant insert, update on callback to paylinks_app;
