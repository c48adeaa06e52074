-- How a merchant's pages look to its customers.
alter table merchant
    -- Of buttons and links; null: ours.
    add column brand_color text check (brand_color ~ '^#[0-9a-f]{6}$'),
    -- A PNG, with a hash of its bytes as the name in its address.
    add column logo bytea check (octet_length(logo) between 1 and 8192),
    add column logo_hash text check (logo_hash ~ '^[0-9a-f]{16}$'),
    add column logo_width smallint check (logo_width between 16 and 2000),
    add column logo_height smallint check (logo_height between 16 and 2000),
    add constraint a_logo_has_its_name_and_size check (
        (logo is null) = (logo_hash is null) and (logo is null) = (logo_width is null) and (logo is null) = (logo_height is null));
