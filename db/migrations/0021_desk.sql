-- Whose desk a link is on: its maker's, until somebody takes the call over; and that the call about it is over. What the
-- customer may do with the link depends on neither.
alter table link
    add column taken_over_by text,
    add column call_ended_at timestamptz;

-- What a program makes is on nobody's desk.
create index link_of_desk on link (merchant_id, (coalesce(taken_over_by, created_by)), created_at)
    where created_by like 'usr\_%';
