-- Texts from customers that have been acted upon, so that none is acted upon twice. Twilio tells of a text neither when it was
-- written nor which came before it, so the order in which they first reach us decides: a STOP that is told again later finds its id
-- here and does not undo the START that came in between. Should the first telling of an earlier STOP itself be late, the customer is
-- left alone until the next START; should that of an earlier START be, Twilio refuses our next text, and says so.
-- Belongs to the installation: reached by named functions only.
create table sms_reply (
    sid text primary key check (char_length(sid) between 1 and 64),
    received_at timestamptz not null
);
create index sms_reply_by_age on sms_reply (received_at);
alter table sms_reply enable row level security;
alter table sms_reply force row level security;
create policy named_functions on sms_reply to paylinks_definer using (true) with check (true);
create policy dumps on sms_reply for select to paylinks_dump using (true);
grant select, insert, delete on sms_reply to paylinks_definer;
grant select on sms_reply to paylinks_dump;

create index merchant_by_sms_sender on merchant (sms_sender);

-- The merchants that a text from a customer concerns: all that send from the number or the messaging service it went to, in the order
-- of their ids. None when this text has been told before.
create function receive_sms_reply(reply_sid text, to_number text, to_service text)
returns table (merchant_id uuid)
language sql security definer set search_path = public, pg_temp
as $$
    with forgotten as (
        delete from sms_reply r where r.received_at < paylinks_now() - interval '30 days'),
    heard as (
        insert into sms_reply (sid, received_at) values (reply_sid, paylinks_now())
        on conflict do nothing
        returning 1)
    select b.id from merchant b
    where b.sms_sender in (to_number, to_service) and exists (select from heard)
    order by b.id
$$;

-- Whom an email went to, by the hashes of its callback key.
create function find_email_recipient(hashes bytea[])
returns table (merchant_id uuid, recipient text)
language sql stable security definer set search_path = public, pg_temp
as $$
    select m.merchant_id, m.recipient from message m where m.callback_key_hash = any (hashes) and m.channel = 'email'
$$;

do $$
declare
    door regprocedure;
begin
    foreach door in array array['receive_sms_reply(text, text, text)', 'find_email_recipient(bytea[])']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
