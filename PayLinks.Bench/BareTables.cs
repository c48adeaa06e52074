using Dapper;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>The least that must be stored to make a link and send it once.</summary>
internal static class BareTables
{
    private const string MakeSql =
        """
        create table bare_link (
            id uuid primary key,
            merchant_id uuid not null,
            token text not null unique,
            amount_minor bigint not null,
            description text not null,
            created_at timestamptz not null default now());
        create index on bare_link (merchant_id, id desc);
        create table bare_message (
            id uuid primary key,
            link_id uuid not null references bare_link,
            recipient text not null,
            status text not null default 'queued',
            due_at timestamptz not null default now(),
            lease_until timestamptz,
            provider_id text);
        create index on bare_message (due_at) where status = 'queued';
        create table bare_payment (
            id uuid primary key,
            callback_key text not null unique,
            poll_at timestamptz);
        create index on bare_payment (poll_at) where poll_at is not null;
        create table bare_callback (
            id uuid primary key,
            payment_id uuid not null references bare_payment,
            provider_id text not null,
            received_at timestamptz not null default now());
        grant all on bare_link, bare_message, bare_payment, bare_callback to public;
        """;

    /// <summary>Links and payments whose tokens and keys are <c>link1</c>, <c>link2</c> and so on.</summary>
    public const string FillSql =
        """
        insert into bare_link (id, merchant_id, token, amount_minor, description)
        select gen_random_uuid(), '00000000-0000-0000-0000-000000000000', 'link' || n, 4990, 'Ordine 1042: trapano'
        from generate_series(1, @Filling) n;
        insert into bare_payment (id, callback_key, poll_at)
        select gen_random_uuid(), 'link' || n, now() from generate_series(1, @Filling) n;
        """;

    /// <summary>How many of each.</summary>
    public const int Filling = 1000;

    public static async Task MakeAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(MakeSql);
    }
}
