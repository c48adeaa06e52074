-- Runs as paylinks_owner (the migrator sets the role). The roles themselves are made by the migrator, because they belong
-- to the cluster and not to one database: see db/README.md.

revoke all on schema public from public;
grant usage on schema public to paylinks_app, paylinks_definer, paylinks_dump, paylinks_test;
grant create on schema public to paylinks_definer;

-- The clock that decides expiry, leases and what is due. The offset is empty in production: only the test role may write it.
create table clock_offset (
    only_row boolean primary key default true check (only_row),
    clock_offset interval not null
);
grant select on clock_offset to paylinks_app, paylinks_definer, paylinks_dump;
grant select, insert, update, delete on clock_offset to paylinks_test;

create function paylinks_now() returns timestamptz
language sql stable
as $$ select statement_timestamp() + coalesce((select clock_offset from clock_offset), interval '0') $$;

-- The merchant of the running transaction; none means that no tenant row can be seen or written.
create function paylinks_merchant() returns uuid
language sql stable
as $$ select nullif(current_setting('paylinks.merchant', true), '')::uuid $$;

-- Every tenant table passes through here: forced row-level security, and three doors through it.
create procedure protect_tenant_table(tenant_table regclass, merchant_column name default 'merchant_id')
language plpgsql
as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format('create policy one_merchant on %s to paylinks_app using (%I = paylinks_merchant()) with check (%I = paylinks_merchant())',
        tenant_table, merchant_column, merchant_column);
    execute format('create policy named_functions on %s to paylinks_definer using (true) with check (true)', tenant_table);
    execute format('create policy dumps on %s for select to paylinks_dump using (true)', tenant_table);
    execute format('grant select on %s to paylinks_app, paylinks_dump', tenant_table);
    execute format('grant select, insert, update, delete on %s to paylinks_definer', tenant_table);
end
$$;
revoke execute on procedure protect_tenant_table from public;

-- ISO 4217 codes with the number of decimals they are written with.
create table currency (
    code text primary key check (code ~ '^[A-Z]{3}$'),
    exponent smallint not null check (exponent between 0 and 4)
);
grant select on currency to paylinks_app, paylinks_definer, paylinks_dump;
insert into currency (code, exponent)
select code, 2 from unnest(string_to_array('AED ALL AMD AUD AZN BAM BGN BRL BSD CAD CHF CNY CZK DKK DOP EGP EUR GBP GEL HKD HUF '
    'IDR ILS INR KES MAD MDL MKD MXN MYR NGN NOK NZD PEN PHP PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD ZAR', ' ')) code
union all
select code, 0 from unnest(string_to_array('CLP ISK JPY KRW PYG VND XAF XOF XPF', ' ')) code
union all
select code, 3 from unnest(string_to_array('BHD JOD KWD OMR TND', ' ')) code;
