using Dapper;
using Npgsql;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>What the application may not do, and what the functions are like that go past row-level security.</summary>
public sealed class RoleTests
{
    private const string DoorsSql =
        """
        select p.proname as name, r.rolname as owner, array_to_string(p.proconfig, ',') as settings,
            exists (
                select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                where a.grantee = 0) as is_public
        from pg_proc p join pg_roles r on r.oid = p.proowner
        where p.pronamespace = 'public'::regnamespace and p.prosecdef
        order by p.proname
        """;

    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        _database = await TestDatabase.CreateAsync();
        await TenantRows.AddAsync(_database);
    }

    [OneTimeTearDown]
    public async Task Drop() => await _database.DisposeAsync();

    [Test]
    public async Task The_application_owns_nothing()
    {
        var owned = await _database.QueryAsync<string>(
            """
            select relname::text from pg_class where pg_get_userbyid(relowner) in ('paylinks_app', 'paylinks_test_app')
            union all
            select proname::text from pg_proc where pg_get_userbyid(proowner) in ('paylinks_app', 'paylinks_test_app')
            union all
            select nspname::text from pg_namespace
            where pg_get_userbyid(nspowner) in ('paylinks_app', 'paylinks_test_app')
            """);

        Assert.That(owned, Is.Empty);
    }

    [Test]
    public async Task The_application_has_no_power_that_passes_row_level_security()
    {
        var powers = await _database.QueryAsync<string>(
            """
            select format('%s %s %s %s', rolname, rolsuper, rolbypassrls, rolcreaterole) from pg_roles
            where rolname in ('paylinks_app', 'paylinks_test_app', 'paylinks_definer', 'paylinks_owner')
            order by rolname
            """);
        var memberOf = await _database.QueryAsync<string>(
            """
            select rolname::text from pg_roles where pg_has_role('paylinks_test_app', oid, 'member') order by rolname
            """);

        Assert.That(powers, Is.EqualTo(new[]
        {
            "paylinks_app f f f", "paylinks_definer f f f", "paylinks_owner f f f", "paylinks_test_app f f f",
        }));
        Assert.That(memberOf, Is.EqualTo(new[] { "paylinks_app", "paylinks_test_app" }));
    }

    [TestCase("insert into clock_offset (clock_offset) values ('1 hour')")]
    [TestCase("update clock_offset set clock_offset = '1 hour'")]
    [TestCase("update event set actor = 'nobody'")]
    [TestCase("delete from event")]
    [TestCase("truncate event")]
    [TestCase("update audit_entry set actor = 'nobody'")]
    [TestCase("delete from audit_entry")]
    [TestCase("truncate audit_entry")]
    [TestCase("delete from membership")]
    [TestCase("delete from invitation")]
    [TestCase("delete from link")]
    [TestCase("delete from payment")]
    [TestCase("insert into link_move values ('paid', 'open')")]
    [TestCase("insert into payment_move values ('paid', 'open')")]
    [TestCase("insert into message_move values ('failed', 'queued')")]
    [TestCase("update currency set exponent = 0")]
    [TestCase("select * from app_user")]
    [TestCase("select * from authenticator")]
    [TestCase("select * from recovery_code")]
    [TestCase("delete from passkey")]
    [TestCase("alter table link disable row level security")]
    [TestCase("create table mine (id int)")]
    [TestCase("create temporary table app_user (id int)",
        Description = "would shadow the real one in a named function")]
    [TestCase("set role paylinks_definer")]
    [TestCase("call protect_tenant_table('link')")]
    public async Task The_application_may_not(string statement)
    {
        await using var connection = await _database.App.OpenConnectionAsync();

        var error = (await Assert.CatchAsync<PostgresException>(() => connection.ExecuteAsync(statement)))!;

        Assert.That(error.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [Test]
    public async Task A_table_without_a_merchant_is_read_only_but_for_the_key_ring()
    {
        var writable = await _database.QueryAsync<string>(
            """
            select c.relname::text from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relforcerowsecurity
                and has_table_privilege('paylinks_app', c.oid, 'insert, update, delete, truncate')
            """);

        Assert.That(writable, Is.EqualTo(new[] { "data_protection_key" }));
    }

    [Test]
    public async Task A_named_function_runs_as_the_role_without_login_for_the_application_alone()
    {
        var doors = await _database.QueryAsync<Door>(DoorsSql);

        Assert.That(doors, Has.Count.GreaterThan(10));
        Assert.Multiple(() =>
        {
            Assert.That(doors.Where(door => door.Owner != "paylinks_definer"), Is.Empty);
            Assert.That(doors.Where(door => door.Settings?.Split(',') is not ["search_path=public", " pg_temp", ..]),
                Is.Empty);
            Assert.That(doors.Where(door => door.IsPublic), Is.Empty);
        });
    }

    [Test]
    public async Task Every_named_function_is_described_for_people()
    {
        var page = await File.ReadAllTextAsync(SourceTree.PathOf("db/README.md"));
        var doors = await _database.QueryAsync<Door>(DoorsSql);

        Assert.That(doors.Where(door => !page.Contains($"`{door.Name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Every_table_and_role_is_described_for_people()
    {
        var page = await File.ReadAllTextAsync(SourceTree.PathOf("db/README.md"));
        var names = await _database.QueryAsync<string>(
            """
            select relname::text from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
            union select rolname::text from pg_roles where rolname in (select 'paylinks_' || suffix from
                unnest(array['owner', 'app', 'definer', 'dump', 'test']) suffix)
            """);

        Assert.That(names.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    private sealed record Door(string Name, string Owner, string? Settings, bool IsPublic);
}
