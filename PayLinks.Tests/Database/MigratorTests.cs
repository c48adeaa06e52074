using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>How a database comes to be.</summary>
public sealed class MigratorTests
{
    private readonly string _name = TestDatabase.NewName();

    [TearDown]
    public async Task Drop() => await TestDatabase.DropAsync(_name);

    [Test]
    public async Task A_server_without_the_database_gets_it_with_all_migrations()
    {
        var ran = await MigrateAsync();

        Assert.That(ran,
            Has.Count.EqualTo(Directory.EnumerateFiles(SourceTree.PathOf("db/migrations"), "*.sql").Count()));
        await using var app = new NpgsqlConnection(TestDatabase.AppConnectionTo(_name));
        Assert.That(await app.ExecuteScalarAsync<int>("select count(*)::int from link"), Is.Zero,
            "the application can log in and read");
    }

    [Test]
    public async Task Migrating_again_does_nothing()
    {
        await MigrateAsync();

        Assert.That(await MigrateAsync(), Is.Empty);
    }

    [Test]
    public async Task Four_migrators_at_once_run_each_migration_once()
    {
        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync)));

        Assert.That(ran.SelectMany(lines => lines), Is.Unique.And.Not.Empty);
        Assert.That(ran.Count(lines => lines.Count > 0), Is.EqualTo(1));
    }

    private async Task<IReadOnlyList<string>> MigrateAsync()
    {
        var lines = new List<string>();
        var server = new NpgsqlConnectionStringBuilder(TestDatabase.Server(_name).ConnectionString) { Pooling = false };
        await Migrator.MigrateAsync(server.ConnectionString, TestDatabase.AppConnectionTo(_name), lines.Add);
        return lines;
    }
}
