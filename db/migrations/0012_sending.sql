-- How a merchant's messages are sent.
alter table merchant drop constraint merchant_sms_sender_check;
alter table merchant
    -- A name of up to 11 characters, a number, a short code, or a messaging service of Twilio's.
    add constraint merchant_sms_sender_check check (
        sms_sender ~ '^(?=.*[A-Za-z])[A-Za-z0-9 &.+_-]{3,11}$' or sms_sender ~ '^\+[1-9][0-9]{6,14}$'
        or sms_sender ~ '^[0-9]{3,8}$' or sms_sender ~ '^MG[0-9a-f]{32}$'),
    add column email_from_name text check (char_length(email_from_name) between 1 and 100),
    add column email_reply_to text check (char_length(email_reply_to) between 3 and 254),
    -- Segments that the sender carries in a second; null: what its kind carries.
    add column sms_per_second smallint check (sms_per_second between 1 and 30000),
    add column sms_segments_per_day int not null default 1000 check (sms_segments_per_day between 1 and 10000000),
    -- Where texts may go; none means the merchant's own country.
    add column allowed_countries text[] not null default '{}',
    -- After how long undelivered a message goes out on the other channel; null: never.
    add column fallback_desk interval default '2 minutes'
        check (fallback_desk between interval '30 seconds' and interval '1 day'),
    add column fallback_other interval default '15 minutes'
        check (fallback_other between interval '30 seconds' and interval '1 day'),
    -- How long before the expiry the customer is reminded, longest first.
    add column remind_before interval[] not null default '{24 hours}'
        check (cardinality(remind_before) <= 3 and array_position(remind_before, null) is null);

-- When the customer is reminded next; null: not any more.
alter table link add column remind_at timestamptz;
create index link_to_remind on link (remind_at) where remind_at is not null;

alter table message drop constraint message_purpose_check, drop constraint message_lane_check;
alter table message
    -- How many segments it costs as an SMS.
    add column segments smallint not null default 1 check (segments between 1 and 10),
    -- Somebody talks with the customer while it is sent, and its words may refer to that.
    add column on_call boolean not null default false,
    -- When it goes out on the other channel unless it has been delivered; null: not, or not any more.
    add column fallback_at timestamptz,
    add column fallback_of uuid,
    add foreign key (merchant_id, fallback_of) references message (merchant_id, id),
    add constraint falls_back_once unique (merchant_id, fallback_of),
    add constraint only_an_invitation_falls_back check
        (purpose in ('link', 'reminder') or (fallback_at is null and fallback_of is null)),
    add constraint message_purpose_check
        check (purpose in ('link', 'reminder', 'receipt', 'notice', 'refund', 'canceled')),
    -- Lower goes first: 0 desk and form, 1 API, 2 what tells of money, 3 mailings, 4 reminders.
    add constraint message_lane_check check (lane between 0 and 4);
create index message_to_fall_back on message (fallback_at) where fallback_at is not null;

-- Who does not want to be written to by this merchant, until opted_in_at says that they do again.
create table opt_out (
    merchant_id uuid not null references merchant,
    channel text not null check (channel in ('sms', 'email')),
    -- E.164, or an address in lower case.
    recipient text not null check (recipient = lower(recipient)),
    -- Where they said so: in a text to us, at the provider, or on our page.
    source text not null check (source in ('reply', 'provider', 'page')),
    opted_out_at timestamptz not null,
    opted_in_at timestamptz,
    primary key (merchant_id, channel, recipient),
    constraint opted_in_after_opting_out check (opted_in_at >= opted_out_at)
);
call protect_tenant_table('opt_out');
grant insert, update on opt_out to paylinks_app;

-- What a merchant's texts of one day cost, in segments; the day is the merchant's. Counted when a text is leased.
create table sms_day (
    merchant_id uuid not null references merchant,
    day date not null,
    segments int not null check (segments >= 0),
    -- When the merchant was told that most of the day's budget is used.
    alerted_at timestamptz,
    primary key (merchant_id, day)
);
call protect_tenant_table('sms_day');
grant insert, update on sms_day to paylinks_app;

-- From when on a sender may be given more texts, however many merchants share it. Reached by named functions only.
create table sender_pace (
    sender text primary key,
    free_at timestamptz not null
);
alter table sender_pace enable row level security;
alter table sender_pace force row level security;
create policy named_functions on sender_pace to paylinks_definer using (true) with check (true);
create policy dumps on sender_pace for select to paylinks_dump using (true);
grant select, insert, update on sender_pace to paylinks_definer;
grant select on sender_pace to paylinks_dump;

-- A merchant's own words for a message, in one language, instead of ours.
create table text_template (
    merchant_id uuid not null references merchant,
    channel text not null check (channel in ('sms', 'email')),
    -- 'desk' is the link, by SMS, to somebody who is on the phone meanwhile.
    purpose text not null check (purpose in ('link', 'desk', 'reminder', 'receipt', 'refund', 'canceled')),
    language text not null check (language in ('it', 'en', 'de', 'fr', 'es')),
    subject text check (char_length(subject) between 1 and 200),
    body text not null check (char_length(body) between 1 and 1000),
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (merchant_id, channel, purpose, language),
    constraint only_an_email_has_a_subject check ((channel = 'email') = (subject is not null)),
    constraint only_a_text_has_words_for_the_desk check (purpose <> 'desk' or channel = 'sms')
);
call protect_tenant_table('text_template');
grant insert, update, delete on text_template to paylinks_app;

-- Providers that our calls do not get through to, as the worker found. Belongs to the installation.
create table provider_outage (
    provider text primary key check (provider in ('mollie', 'twilio', 'sendgrid')),
    since timestamptz not null,
    -- Renewed while it lasts: an outage that nobody renews is over.
    seen_at timestamptz not null,
    constraint seen_after_it_began check (seen_at >= since)
);
grant select on provider_outage to paylinks_app, paylinks_dump;
grant select, insert, update, delete on provider_outage to paylinks_definer;
