using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;
using PayLinks.Core.Secrets;

namespace PayLinks.Bench;

/// <summary>A database with one merchant whose limits are wide open, and all that the programs are told.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private const string AddMerchantSql =
        """
        insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from,
            sms_per_second, sms_segments_per_day)
        values (@Merchant, 'Ferramenta Rossi', 'IT', 'it', 'Europe/Rome', 'EUR', 'orders@example.test', 'FERRAMENTA',
            'orders@example.test', 30000, 10000000);
        insert into mollie_account (merchant_id, mode, key_cipher, profile_id)
        values (@Merchant, 'test', @MollieKey, 'pfl_bench');
        insert into api_key (merchant_id, id, mode, name, key_hash, scopes)
        values (@Merchant, @Merchant, 'test', 'bench', @KeyHash, array['links:read', 'links:write'])
        """;

    private const string IsBusySql =
        """
        select exists (
            select from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
                and xact_start is not null)
        """;

    private int _phones;

    private Installation(StubProviders stub, string server)
    {
        var name = $"paylinks_bench_{Environment.ProcessId}";
        Migrations = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        App = new NpgsqlConnectionStringBuilder(Migrations)
        {
            Username = "paylinks_bench_app",
            Password = RandomNumberGenerator.GetHexString(32),
        }.ConnectionString;
        Stub = stub;
        ApiUrl = FreeUrl();
        BareUrl = FreeUrl();
    }

    public StubProviders Stub { get; }

    /// <summary>The connection of who owns the tables.</summary>
    public string Migrations { get; }

    /// <summary>The connection of the bare programs, set as the hosts set theirs.</summary>
    public string Bare => $"{App};Max Auto Prepare=100;No Reset On Close=true";

    /// <summary>The connection of the hosts.</summary>
    public string App { get; }

    public string Merchant { get; private set; } = "";

    public string ApiUrl { get; }

    public string BareUrl { get; }

    public string ApiKey { get; } = $"plk_test_{RandomNumberGenerator.GetString(Base32.Alphabet, 32)}";

    public string MasterKey { get; } = $"bench:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>What a program of PostgreSQL's needs to find the database.</summary>
    public IReadOnlyDictionary<string, string> PostgresVariables
    {
        get
        {
            var database = new NpgsqlConnectionStringBuilder(App);
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PGHOST"] = database.Host!,
                ["PGPORT"] = database.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = database.Username!,
                ["PGPASSWORD"] = database.Password!,
                ["PGDATABASE"] = database.Database!,
            };
        }
    }

    /// <summary>The process number of PostgreSQL's first process.</summary>
    public int Postmaster { get; } = Number("PAYLINKS_BENCH_POSTMASTER");

    /// <summary>What API and worker are told: as documented for production, without limits and without a line of log
    /// for each message.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings =>
    [
        ("ConnectionStrings:PayLinks", App), ("MasterKey", MasterKey), ("PublicUrl", ApiUrl),
        ("ManagementPort", FreePort().ToString(CultureInfo.InvariantCulture)),
        ("Mollie:BaseUrl", $"{Stub.Url}/v2/"), ("Mollie:ScriptUrl", $"{Stub.Url}/v1/mollie.js"),
        ("Twilio:BaseUrl", $"{Stub.Url}/2010-04-01/"), ("Twilio:AccountSid", StubProviders.Account),
        ("Twilio:AuthToken", "bench"), ("SendGrid:BaseUrl", Stub.Url), ("SendGrid:ApiKey", "SG.bench"),
        ("SendGrid:EventPublicKey", PublicKey()), ("Logging:LogLevel:Default", "Warning"),
        ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning"),
        ("Limits:RequestsPerSecond", "1000000"), ("Limits:RequestsBurst", "1000000"),
        ("Limits:TextsPerNumber", "0"), ("Limits:TextsPerNumberAndDay", "0"), ("Limits:TextsPerPrefixAndHour", "0"),
    ];

    public static async Task<Installation> SetUpAsync(StubProviders stub)
    {
        var server = Environment.GetEnvironmentVariable("PAYLINKS_BENCH_DB")
            ?? throw new InvalidOperationException("PAYLINKS_BENCH_DB is missing: run ./bench.sh.");
        var installation = new Installation(stub, server);
        await Migrator.MigrateAsync(installation.Migrations, installation.App, _ => { });
        await using var connection = new NpgsqlConnection(installation.App);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var merchant = Guid.CreateVersion7();
        var vault = new Vault(installation.MasterKey);
        installation.Merchant = merchant.ToString();
        await connection.ExecuteAsync(
            "select set_config('paylinks.merchant', @Id, true)", new { Id = merchant.ToString() }, transaction);
        await connection.ExecuteAsync(
            AddMerchantSql,
            new
            {
                Merchant = merchant,
                MollieKey = vault.Seal("test_bench", MollieAccounts.KeyPurpose(merchant, "test")),
                KeyHash = vault.Hash(installation.ApiKey),
            },
            transaction);
        await transaction.CommitAsync();
        await BareTables.MakeAsync(installation.Migrations);
        return installation;
    }

    /// <summary>A mobile number that was never given before.</summary>
    public string NextPhone() =>
        $"+39347{Interlocked.Increment(ref _phones).ToString("0000000", CultureInfo.InvariantCulture)}";

    /// <summary>Forgets all links and what came of them, so that the next round finds what this one found.</summary>
    public async Task ForgetAsync()
    {
        await using var connection = new NpgsqlConnection(Migrations);
        // The last requests of a load are still under way, and each would lock the tables in an order of its own.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await connection.ExecuteScalarAsync<bool>(IsBusySql))
        {
            await timer.WaitForNextTickAsync();
        }

        await connection.ExecuteAsync(
            """
            truncate link, event, message, idempotency, payment, callback, notice, notice_attempt, bare_link,
                bare_message cascade
            """);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        var server = new NpgsqlConnectionStringBuilder(Migrations) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.ExecuteAsync(
            $"drop database if exists {new NpgsqlConnectionStringBuilder(Migrations).Database} with (force)");
    }

    /// <summary>An address on this machine that nobody listens on yet.</summary>
    public static string FreeUrl() => $"http://127.0.0.1:{FreePort()}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string PublicKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    private static int Number(string variable) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidOperationException($"{variable} is missing: run ./bench.sh.");
}
