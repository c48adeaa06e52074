using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace PayLinks.Core.Database;

/// <summary>
/// Brings a database to the newest schema: makes it and its roles where they are missing, then runs db/migrations
/// in order.
/// </summary>
public static class Migrator
{
    // Any number no other program uses; it makes two migrators on one server wait for each other.
    private const long AdvisoryLock = 0x5061794C696E6B73;

    // Roles belong to the cluster, so several PayLinks databases on one server share them; only the login is an
    // installation's own.
    private const string MakeRolesSql =
        """
        do $$
        declare
            wanted text;
        begin
            foreach wanted in array array[
                'paylinks_owner', 'paylinks_app', 'paylinks_definer', 'paylinks_dump', 'paylinks_test']
            loop
                if not exists (select from pg_roles where rolname = wanted) then
                    execute format('create role %I nologin nosuperuser nobypassrls', wanted);
                end if;
            end loop;
            execute format('grant paylinks_owner, paylinks_definer to %I', current_user);
            grant paylinks_definer to paylinks_owner;
        end
        $$
        """;

    // Belongs to the database and not to what is in it, so a database cloned from a template needs it anew.
    internal const string OwnDatabaseSql =
        """
        do $$
        begin
            execute format('grant create, connect, temporary on database %I to paylinks_owner', current_database());
            execute format('revoke all on database %I from public', current_database());
            execute format(
                'grant connect on database %I to paylinks_app, paylinks_dump, paylinks_test', current_database());
            grant create, usage on schema public to paylinks_owner with grant option;
        end
        $$
        """;

    /// <param name="migrationsConnection">
    /// A role that may create databases and roles; its database is made if it is missing.
    /// </param>
    /// <param name="appConnection">
    /// The hosts' connection: its login is made, or given this password, and joins paylinks_app.
    /// </param>
    /// <param name="log">One line for each migration that ran.</param>
    /// <exception cref="InvalidOperationException">
    /// A migration failed; those before it stay, the failed one left nothing.
    /// </exception>
    public static async Task MigrateAsync(
        string migrationsConnection, string appConnection, Action<string> log,
        CancellationToken cancellationToken = default)
    {
        // The advisory lock belongs to the session, so it must not sit on a pooled connection.
        var target = new NpgsqlConnectionStringBuilder(migrationsConnection) { Pooling = false };
        var maintenance = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = "postgres" };

        await using var server = new NpgsqlConnection(maintenance.ConnectionString);
        await server.OpenAsync(cancellationToken);
        await server.ExecuteAsync("select pg_advisory_lock(@AdvisoryLock)", new { AdvisoryLock });

        await MakeDatabaseAsync(server, target.Database!);
        await server.ExecuteAsync(MakeRolesSql);
        await MakeLoginAsync(server, new NpgsqlConnectionStringBuilder(appConnection));

        await using (var database = new NpgsqlConnection(target.ConnectionString))
        {
            await database.OpenAsync(cancellationToken);
            await database.ExecuteAsync(OwnDatabaseSql);
        }

        target.Options = "-c role=paylinks_owner";
        var result = DeployChanges.To
            .PostgresqlDatabase(target.ConnectionString)
            .WithScriptsEmbeddedInAssembly(
                typeof(Migrator).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new LineLog(log))
            .Build()
            .PerformUpgrade();

        if (!result.Successful)
        {
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed.", result.Error);
        }
    }

    /// <summary>Whether the database has every migration that this version was built with.</summary>
    public static async Task<bool> IsCurrentAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var applied = await connection.QueryAsync<string>(new CommandDefinition(
            "select scriptname from schemaversions", cancellationToken: cancellationToken));
        return typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .All(applied.ToHashSet(StringComparer.Ordinal).Contains);
    }

    private static async Task MakeDatabaseAsync(NpgsqlConnection server, string name)
    {
        var exists = await server.ExecuteScalarAsync<bool>(
            "select exists (select from pg_database where datname = @name)", new { name });
        if (!exists)
        {
            await server.ExecuteAsync($"create database {Quote(name)} encoding 'UTF8' template template0");
        }
    }

    private static async Task MakeLoginAsync(NpgsqlConnection server, NpgsqlConnectionStringBuilder app)
    {
        var login = app.Username ?? throw new InvalidOperationException("ConnectionStrings:PayLinks names no user.");
        var exists = await server.ExecuteScalarAsync<bool>(
            "select exists (select from pg_roles where rolname = @login)", new { login });
        // Roles cannot be made with parameters; format() on the server quotes both.
        var statement = await server.ExecuteScalarAsync<string>(
            "select format(@form, @login, @password)",
            new
            {
                form = (exists ? "alter" : "create")
                    + " role %I login nosuperuser nobypassrls nocreaterole nocreatedb password %L",
                login,
                password = app.Password,
            });
        await server.ExecuteAsync(statement!);
        await server.ExecuteAsync($"grant paylinks_app to {Quote(login)}");
        // A process that stands still in the middle of a transaction must not hold its locks for as long as it stands.
        await server.ExecuteAsync($"alter role {Quote(login)} set idle_in_transaction_session_timeout = '5s'");
    }

    private static string Quote(string identifier) =>
        "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private sealed class LineLog(Action<string> log) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args)
        {
        }

        public void LogDebug(string format, params object[] args)
        {
        }

        public void LogInformation(string format, params object[] args)
        {
            if (format.StartsWith("Executing Database Server script", StringComparison.Ordinal))
            {
                log(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
            }
        }

        public void LogWarning(string format, params object[] args) => LogLine(format, args);

        public void LogError(string format, params object[] args) => LogLine(format, args);

        public void LogError(Exception ex, string format, params object[] args) => LogLine(format, args);

        private void LogLine(string format, object[] args) =>
            log(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
    }
}
