using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>
/// What one merchant has, no other sees or touches. The tables are found in the catalogue, so a new one is under the
/// same tests.
/// </summary>
public sealed class RowLevelSecurityTests
{
    // merchant itself is keyed by its id. What is kept by the month is one table; its months are below.
    private const string TenantTablesSql =
        """
        select c.relname as name, case when c.relname = 'merchant' then 'id' else 'merchant_id' end as key,
            (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            and (c.relname = 'merchant'
                or exists (
                    select from pg_attribute a
                    where a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped))
        order by c.relname
        """;

    private TestDatabase _database = null!;
    private TenantRows _rossi = null!;
    private TenantRows _bianchi = null!;
    private IReadOnlyList<Table> _tables = [];

    [OneTimeSetUp]
    public async Task TwoMerchants()
    {
        _database = await TestDatabase.CreateAsync();
        _rossi = await TenantRows.AddAsync(_database);
        _bianchi = await TenantRows.AddAsync(_database);
        _tables = await _database.QueryAsync<Table>(TenantTablesSql);
    }

    [OneTimeTearDown]
    public async Task Drop() => await _database.DisposeAsync();

    [Test]
    public async Task Every_tenant_table_has_rows_of_both_merchants_to_be_seen()
    {
        Assert.That(_tables, Has.Count.GreaterThan(8));
        foreach (var table in _tables)
        {
            var merchants = await _database.ReadAsync<long>($"select count(distinct {table.Key}) from {table.Name}");
            Assert.That(merchants, Is.EqualTo(2), $"TenantRows adds no row to {table.Name}");
        }
    }

    [Test]
    public async Task Row_level_security_is_forced_on_every_tenant_table()
    {
        var unprotected = await _database.QueryAsync<string>(
            """
            select relname::text from pg_class
            where relname = any (@names) and not (relrowsecurity and relforcerowsecurity)
            """,
            new { names = _tables.Select(table => table.Name).ToArray() });

        Assert.That(unprotected, Is.Empty);
    }

    // So that each merchant's rows could lie on a server of their own, and none of its keys need to know of others.
    [Test]
    public async Task Every_key_of_a_tenant_table_holds_the_merchant()
    {
        var without = await _database.QueryAsync<string>(
            """
            select indexrelid::regclass::text from pg_index
            join pg_attribute a on attrelid = indrelid and attname = 'merchant_id' and not attisdropped
            where indisunique and attnum <> all (indkey)
            union all
            select conname::text from pg_constraint
            join pg_attribute ours on ours.attrelid = conrelid and ours.attname = 'merchant_id'
            join pg_attribute theirs on theirs.attrelid = confrelid and theirs.attname = 'merchant_id'
            where contype = 'f' and ours.attnum <> all (conkey)
            """);

        Assert.That(without, Is.Empty);
    }

    [Test]
    public async Task The_application_reaches_a_partition_only_through_its_table()
    {
        var partitions = await _database.QueryAsync<Partition>(
            """
            select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as is_protected from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relispartition
            """);
        await using var rossi = await _database.App.BeginAsync(_rossi.Merchant);

        Assert.That(partitions, Has.Count.GreaterThan(8).And.All.Property(nameof(Partition.IsProtected)).True);
        foreach (var (name, _) in partitions)
        {
            var outcomes = new[]
            {
                await OutcomeAsync(rossi.Connection, $"select from {name}", new { }),
                await OutcomeAsync(rossi.Connection, $"update {name} set merchant_id = merchant_id", new { }),
                await OutcomeAsync(rossi.Connection, $"delete from {name}", new { }),
                await OutcomeAsync(rossi.Connection, $"drop table {name}", new { }),
            };
            Assert.That(outcomes, Is.All.EqualTo(PostgresErrorCodes.InsufficientPrivilege), name);
        }
    }

    [Test]
    public async Task Without_a_merchant_the_application_sees_no_row()
    {
        await using var connection = await _database.App.OpenConnectionAsync();
        foreach (var table in _tables)
        {
            Assert.That(await connection.ExecuteScalarAsync<long>($"select count(*) from {table.Name}"), Is.Zero,
                table.Name);
        }
    }

    [Test]
    public async Task Without_a_merchant_the_application_writes_no_row()
    {
        foreach (var table in _tables)
        {
            await using var connection = await _database.App.OpenConnectionAsync();
            await AssertNothingIsWrittenAsync(connection, table, _rossi);
        }
    }

    [Test]
    public async Task A_merchant_sees_no_row_of_another()
    {
        await using var bianchi = await _database.App.BeginAsync(_bianchi.Merchant);
        foreach (var table in _tables)
        {
            var seen = await bianchi.Connection.QueryAsync<Guid>($"select distinct {table.Key} from {table.Name}");
            Assert.That(seen, Is.EqualTo(new[] { _bianchi.Merchant }), table.Name);
        }
    }

    [Test]
    public async Task A_merchant_writes_no_row_of_another()
    {
        foreach (var table in _tables)
        {
            await using var bianchi = await _database.App.BeginAsync(_bianchi.Merchant);
            await AssertNothingIsWrittenAsync(bianchi.Connection, table, _rossi);
        }
    }

    [Test]
    public async Task A_merchant_gives_no_row_of_its_own_to_another()
    {
        foreach (var table in _tables)
        {
            await using var bianchi = await _database.App.BeginAsync(_bianchi.Merchant);
            var error = (await Assert.CatchAsync<PostgresException>(() => bianchi.Connection.ExecuteAsync(
                $"update {table.Name} set {table.Key} = @Rossi where {table.Key} = @Bianchi",
                new { Rossi = _rossi.Merchant, Bianchi = _bianchi.Merchant })))!;
            Assert.That(error.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege), table.Name);
        }
    }

    [Test]
    public async Task The_merchant_of_one_transaction_is_forgotten_in_the_next()
    {
        await using (var transaction = await _database.App.BeginAsync(_rossi.Merchant))
        {
            await transaction.CommitAsync();
        }

        await using var same = await _database.App.OpenConnectionAsync();
        Assert.That(await same.ExecuteScalarAsync<Guid?>("select paylinks_merchant()"), Is.Null);
    }

    [Test]
    public async Task A_dump_sees_every_row_and_writes_none()
    {
        await using var connection = new NpgsqlConnection(_database.SuperuserConnection);
        await connection.OpenAsync();
        await connection.ExecuteAsync("set role paylinks_dump");
        foreach (var table in _tables)
        {
            Assert.That(await connection.ExecuteScalarAsync<long>(
                $"select count(distinct {table.Key}) from {table.Name}"), Is.EqualTo(2));
            var error = (await Assert.CatchAsync<PostgresException>(() =>
                connection.ExecuteAsync($"delete from {table.Name}")))!;
            Assert.That(error.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege), table.Name);
        }
    }

    // An insert must be refused aloud; an update may also find nothing; a delete is granted for own words alone.
    private async Task AssertNothingIsWrittenAsync(NpgsqlConnection connection, Table table, TenantRows victim)
    {
        var parameters = new
        {
            victim.Merchant,
            Row = await _database.ReadAsync<string>(
                $"select to_jsonb(t)::text from {table.Name} t where {table.Key} = @Merchant limit 1",
                new { victim.Merchant }),
        };
        string[] attempts =
        [
            $"""
            insert into {table.Name} ({table.Columns})
            select {table.Columns} from jsonb_populate_record(null::{table.Name}, @Row::jsonb)
            """,
            $"update {table.Name} set {table.Key} = {table.Key} where {table.Key} = @Merchant",
            $"delete from {table.Name} where {table.Key} = @Merchant",
        ];

        var outcomes = new List<string>();
        foreach (var attempt in attempts)
        {
            outcomes.Add(await OutcomeAsync(connection, attempt, parameters));
        }

        Assert.That(outcomes[0], Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege), "insert into " + table.Name);
        Assert.That(outcomes[1], Is.EqualTo("0 rows").Or.EqualTo(PostgresErrorCodes.InsufficientPrivilege),
            "update " + table.Name);
        Assert.That(
            outcomes[2],
            Is.EqualTo(table.Name == "text_template" ? "0 rows" : PostgresErrorCodes.InsufficientPrivilege),
            "delete from " + table.Name);
    }

    private static async Task<string> OutcomeAsync(NpgsqlConnection connection, string sql, object parameters)
    {
        try
        {
            // A refusal must not end the transaction, which holds the merchant's setting.
            await connection.ExecuteAsync("savepoint attempt");
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.NoActiveSqlTransaction)
        {
            return await ExecuteAsync();
        }

        var outcome = await ExecuteAsync();
        await connection.ExecuteAsync("rollback to savepoint attempt");
        return outcome;

        async Task<string> ExecuteAsync()
        {
            try
            {
                return $"{await connection.ExecuteAsync(sql, parameters)} rows";
            }
            catch (PostgresException error)
            {
                return error.SqlState;
            }
        }
    }

    /// <param name="Columns">All that can be written, separated by commas.</param>
    private sealed record Table(string Name, string Key, string Columns);

    private sealed record Partition(string Name, bool IsProtected);
}
