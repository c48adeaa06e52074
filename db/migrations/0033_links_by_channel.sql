-- By which channels a link was sent, so that the list of those sent by one channel need not look for the messages of each link of
-- a merchant who uses the other. As with unsent: true may be too much, and who lists looks again; false is final until somebody
-- sends the link. What is there counts as sent by both, and what a host of the last version makes does too; a link that was made
-- by this one and is sent once more by that one, while hosts are being replaced, stays out of the list of that channel.
--
-- No row is written, so the lock is short.
alter table link add column texted boolean not null default true;
alter table link add column emailed boolean not null default true;
