-- Reads all links and messages once, 3 s at a million, and locks only the links that nobody was sent.
set local role paylinks_definer;
update link l set unsent = true
where not l.unsent and not exists (
    select from message m where m.merchant_id = l.merchant_id and m.link_id = l.id and m.purpose = 'link');
set local role paylinks_owner;
