-- The first lists a link that is sent by SMS, the second one that is sent by email; most links stand in one of them. Whoever makes
-- or changes a link meanwhile waits, 2 s at a million.
create index link_texted on link (merchant_id, mode, id desc) where texted;
create index link_emailed on link (merchant_id, mode, id desc) where emailed;
