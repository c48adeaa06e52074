using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using PayLinks.Core.Database;

namespace PayLinks.Tests.Infrastructure;

/// <summary>
/// A database of one fixture's own, cloned in a tenth of a second from a template that was migrated once. So fixtures
/// run side by side, nothing is cleaned up between tests, and no test depends on another's order.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string AppLogin = "paylinks_test_app";

    // Any number no other program uses: test processes that start together make the template one after the other.
    private const long TemplateLock = 0x5061794C54657374;

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static int _made;

    private readonly NpgsqlDataSource _superuser;

    private TestDatabase(string name)
    {
        Name = name;
        SuperuserConnection = Server(name).ConnectionString;
        var owner = new NpgsqlConnectionStringBuilder(SuperuserConnection) { Options = "-c role=paylinks_owner" };
        OwnerConnection = owner.ConnectionString;
        AppConnection = AppConnectionTo(name);
        _superuser = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(SuperuserConnection) { MaxPoolSize = 10 });
        App = NpgsqlDataSource.Create(AppConnection);
    }

    public string Name { get; }

    /// <summary>Sees and writes every row, whatever the row-level security says.</summary>
    public string SuperuserConnection { get; }

    /// <summary>The role that owns the tables, as which migrations run.</summary>
    public string OwnerConnection { get; }

    /// <summary>What the hosts are given.</summary>
    public string AppConnection { get; }

    /// <summary>The database as the hosts see it.</summary>
    public NpgsqlDataSource App { get; }

    /// <summary>An empty database with the newest schema.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var template = await Template.Value;
        var name = NewName();
        await ExecuteOnServerAsync($"create database {name} template {template}");
        var database = new TestDatabase(name);
        await database.ExecuteAsync(Migrator.OwnDatabaseSql);
        return database;
    }

    /// <summary>A name that no database has yet, for tests that migrate one themselves.</summary>
    public static string NewName() => $"paylinks_f_{Environment.ProcessId}_{Interlocked.Increment(ref _made)}";

    /// <summary>The superuser's connection to a database by name, unpooled.</summary>
    public static NpgsqlConnectionStringBuilder Server(string database)
    {
        var text = Environment.GetEnvironmentVariable("PAYLINKS_TEST_DB");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidOperationException(
                "These tests need PostgreSQL. Run ./test.sh, which starts one, or set PAYLINKS_TEST_DB to the Npgsql "
                + "connection string of a superuser.");
        }

        return new NpgsqlConnectionStringBuilder(text) { Database = database, Pooling = database != "postgres" };
    }

    public static string AppConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(Server(database).ConnectionString)
        {
            Username = AppLogin,
            Password = AppLogin,
            MaxPoolSize = 20,
        }.ConnectionString;

    public static async Task DropAsync(string name) =>
        await ExecuteOnServerAsync($"drop database if exists {name} with (force)");

    /// <summary>Runs a statement as superuser.</summary>
    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _superuser.OpenConnectionAsync();
        return await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>Reads as superuser.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await _superuser.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    /// <summary>Reads one value as superuser.</summary>
    public async Task<T> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await _superuser.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    /// <summary>Moves the clock that decides expiry, leases and what is due.</summary>
    public Task MoveClockAsync(TimeSpan ahead) => ExecuteAsync(
        """
        insert into clock_offset (clock_offset) values (@ahead)
        on conflict (only_row) do update set clock_offset = clock_offset.clock_offset + excluded.clock_offset
        """,
        new { ahead });

    /// <summary>Moves that clock to the next such hour in Rome, so that no test depends on when it runs.</summary>
    public async Task GoToHourAsync(int hour) => await MoveClockAsync(await ReadAsync<TimeSpan>(
        """
        select min(at) - paylinks_now()
        from generate_series(0, 2) day
        cross join lateral (select (date_trunc('day', paylinks_now() at time zone 'Europe/Rome')
            + day * interval '1 day' + @hour * interval '1 hour') at time zone 'Europe/Rome') t (at)
        where at > paylinks_now()
        """,
        new { hour }));

    /// <summary>Every place where a text is kept: <c>table.column</c> of all rows whose text form holds it.</summary>
    public async Task<IReadOnlyList<string>> FindTextAsync(string text)
    {
        var columns = await QueryAsync<string>(
            """
            select format('select %L from %I.%I where position(@text in %I::text) > 0',
                table_name || '.' || column_name, table_schema, table_name, column_name)
            from information_schema.columns join information_schema.tables using (table_schema, table_name)
            where table_schema = 'public' and table_type = 'BASE TABLE'
            """);
        return await QueryAsync<string>(string.Join(" union all ", columns), new { text });
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _superuser.DisposeAsync();
        await DropAsync(Name);
    }

    // Named by what it is made from, so that the next run finds it and a changed migration makes another.
    private static async Task<string> MakeTemplateAsync()
    {
        var template = "paylinks_t_" + HashOfMigrations();
        await using var server = new NpgsqlConnection(Server("postgres").ConnectionString);
        await server.OpenAsync();
        await server.ExecuteAsync("select pg_advisory_lock(@TemplateLock)", new { TemplateLock });

        // It is marked as a template only when it is complete.
        var isReady = await server.ExecuteScalarAsync<bool>(
            "select exists (select from pg_database where datname = @template and datistemplate)", new { template });
        if (!isReady)
        {
            await server.ExecuteAsync($"drop database if exists {template} with (force)");
            await Migrator.MigrateAsync(Server(template).ConnectionString, AppConnectionTo(template), _ => { });
            await server.ExecuteAsync($"alter database {template} with is_template true allow_connections false");
        }

        return template;
    }

    private static string HashOfMigrations()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var assembly = typeof(Migrator).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            hash.AppendData(Encoding.UTF8.GetBytes(name + reader.ReadToEnd()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static async Task ExecuteOnServerAsync(string sql)
    {
        await using var server = new NpgsqlConnection(Server("postgres").ConnectionString);
        await server.OpenAsync();
        await server.ExecuteAsync(sql);
    }
}
