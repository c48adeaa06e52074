-- Which links nobody was sent, so that their list need not look for the messages of each link there is. What is made is unsent
-- unless whoever makes it says otherwise: true may be too much, and who lists looks again; false is final.
--
-- What is there counts as sent until the next migration has looked. No row is written, so the lock is short.
alter table link add column unsent boolean not null default false;
alter table link alter column unsent set default true;
