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
        create table bare_message (
            id uuid primary key,
            link_id uuid not null references bare_link,
            recipient text not null,
            status text not null default 'queued',
            due_at timestamptz not null default now(),
            lease_until timestamptz,
            provider_id text);
        create index on bare_message (due_at) where status = 'queued';
        grant all on bare_link, bare_message to public;
        """;

    public static async Task MakeAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(MakeSql);
    }
}
