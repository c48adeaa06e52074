-- Links that are made from a file, all at once.
create table batch (
    merchant_id uuid not null references merchant,
    id uuid not null,
    mode text not null check (mode in ('test', 'live')),
    file_name text not null check (char_length(file_name) between 1 and 255),
    -- The form that the file was posted with, and a hash of the file: posting it twice makes one batch.
    form_key text not null,
    file_hash bytea not null,
    created_at timestamptz not null,
    created_by text not null,
    -- What the file says, seen before anything was made: sums, texts, columns that are not used.
    findings jsonb not null,
    row_count int not null check (row_count > 0),
    wrong_count int not null check (wrong_count >= 0),
    made_count int not null default 0 check (made_count >= 0),
    refused_count int not null default 0 check (refused_count >= 0),
    -- Until somebody confirms it, nothing is made of it.
    confirmed_at timestamptz,
    confirmed_by text,
    -- When it was last worked on: the one that has waited longest is next.
    turn_at timestamptz not null,
    -- The rest is not made any more.
    canceled_at timestamptz,
    canceled_by text,
    finished_at timestamptz,
    -- When what its rows said was forgotten.
    cleared_at timestamptz,
    primary key (merchant_id, id),
    constraint one_batch_of_a_form_and_file unique (merchant_id, form_key, file_hash),
    constraint every_count_is_within_the_rows check (wrong_count + made_count + refused_count <= row_count),
    constraint confirmed_by_somebody check ((confirmed_at is null) = (confirmed_by is null)),
    constraint nothing_is_made_unconfirmed check (confirmed_at is not null or (made_count + refused_count = 0 and finished_at is null)),
    constraint canceled_by_somebody_and_finished check (
        (canceled_at is null) = (canceled_by is null) and (canceled_at is null or finished_at is not null)),
    constraint finished_when_no_row_waits check (
        finished_at is null or canceled_at is not null or wrong_count + made_count + refused_count = row_count)
);
create index batch_list on batch (merchant_id, mode, id desc);
create index batch_by_file on batch (merchant_id, file_hash) where confirmed_at is not null;
create index batch_to_make on batch (turn_at) where confirmed_at is not null and finished_at is null;
create index batch_to_clear on batch (created_at) where cleared_at is null;
call protect_tenant_table('batch');
grant insert, update on batch to paylinks_app;

create table batch_row (
    merchant_id uuid not null,
    batch_id uuid not null,
    -- Where it begins in the file.
    line int not null check (line > 1),
    status text not null check (status in ('ready', 'wrong', 'made', 'refused')),
    -- Its cells as they stand in the file, by column, but for those with a card number. Once the link is made it says the same.
    cells jsonb,
    -- Why it is wrong or was refused, like the errors of the API.
    errors jsonb,
    link_id uuid,
    primary key (merchant_id, batch_id, line),
    foreign key (merchant_id, batch_id) references batch (merchant_id, id),
    foreign key (merchant_id, link_id) references link (merchant_id, id),
    constraint a_link_comes_from_one_row unique (merchant_id, link_id),
    constraint made_means_a_link_in_place_of_cells check (
        (status = 'made') = (link_id is not null) and (status <> 'made' or cells is null)),
    constraint errors_say_why_no_link_is_made check ((status in ('wrong', 'refused')) = (errors is not null))
);
create index batch_row_to_make on batch_row (merchant_id, batch_id, line) where status = 'ready';
create index batch_row_with_errors on batch_row (merchant_id, batch_id, line) where errors is not null;
call protect_tenant_table('batch_row');
grant insert, update on batch_row to paylinks_app;

-- Locks the confirmed batch that has waited longest until the end of the caller's transaction, in which some of its links are
-- made; no row if there is none, or others are at all there are.
create function lock_batch()
returns table (merchant_id uuid, id uuid, mode text, confirmed_by text)
language sql security definer set search_path = public, pg_temp
as $$
    select b.merchant_id, b.id, b.mode, b.confirmed_by
    from batch b
    where b.confirmed_at is not null and b.finished_at is null
    order by b.turn_at
    limit 1
    for update skip locked
$$;

-- Forgets what rows said that did not become links: of files that nobody confirmed, and of batches that ended long ago.
create function clear_old_batches(unconfirmed interval, ended interval, batch_size int)
returns int
language sql security definer set search_path = public, pg_temp
as $$
    with old as (
        select b.merchant_id, b.id
        from batch b
        where b.cleared_at is null and b.created_at < paylinks_now() - least(unconfirmed, ended)
            and (b.confirmed_at is null and b.created_at < paylinks_now() - unconfirmed
                or b.finished_at < paylinks_now() - ended)
        limit batch_size
        for update skip locked),
    emptied as (
        update batch_row r set cells = null
        from old where r.merchant_id = old.merchant_id and r.batch_id = old.id and r.cells is not null),
    cleared as (
        update batch b set cleared_at = paylinks_now()
        from old where b.merchant_id = old.merchant_id and b.id = old.id
        returning 1)
    select count(*)::int from cleared
$$;

do $$
declare
    door regprocedure;
begin
    foreach door in array array['lock_batch()', 'clear_old_batches(interval, interval, int)']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', door);
        execute format('grant execute on function %s to paylinks_app', door);
        execute format('alter function %s owner to paylinks_definer', door);
    end loop;
end
$$;
