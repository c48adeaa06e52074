-- Ids are UUID version 7 and begin with the millisecond in which they were made: what was made in a period lies in a stretch of a
-- primary key, and needs no index by time.

-- The lowest id that can be made at this instant.
create function lowest_id(made_at timestamptz) returns uuid
language sql immutable parallel safe
as $$ select (lpad(to_hex(floor(extract(epoch from made_at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

-- Nothing made since this instant has a lower id; null: nothing at all has. Ids follow the clock of the host that made them, which
-- may be a little off, and which tests do not move. Not in SQL: what is inlined of it would count as a leak under row-level
-- security, which lets no index serve it.
create function lowest_id_since(made_at timestamptz) returns uuid
language plpgsql stable
as $$
begin
    return coalesce(lowest_id(made_at - interval '1 day' - (paylinks_now() - statement_timestamp())), lowest_id('epoch'));
end
$$;

-- Nothing made before this instant has an id that high.
create function lowest_id_after(made_at timestamptz) returns uuid
language plpgsql stable
as $$
begin
    return lowest_id(made_at + interval '1 day');
end
$$;
