using Npgsql;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>What hosts can be told of a database behind a pooler, or on several servers.</summary>
public sealed class ConnectionTests
{
    private const string ListenersSql =
        "select application_name from pg_stat_activity where datname = current_database() and query like 'listen %'";

    private TestSystem _system = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _system = await TestSystem.StartAsync(Hosts.None);

    [OneTimeTearDown]
    public async Task StopAsync() => await _system.DisposeAsync();

    [Test]
    public async Task Where_a_pooler_passes_no_wake_ups_they_come_by_a_connection_of_their_own()
    {
        var listen = new NpgsqlConnectionStringBuilder(_system.Database.AppConnection) { ApplicationName = "direct" };
        await using var worker = PayLinks.Worker.Program.Build(
            [.. _system.WorkerArguments(), $"--ConnectionStrings:Listen={listen}"]);
        await worker.StartAsync();

        await Eventually.SeesAsync(
            () => _system.Database.QueryAsync<string>(ListenersSql), names => names is ["direct"],
            "the worker listens directly");
        await worker.StopAsync();
    }

    [Test]
    public async Task A_host_finds_the_primary_among_several_servers()
    {
        var server = new NpgsqlConnectionStringBuilder(_system.Database.AppConnection);
        var several = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Host = $"{server.Host}:{Ports.Next()},{server.Host}:{server.Port}",
            TargetSessionAttributes = "primary",
            ApplicationName = "several",
        };
        await using var api = PayLinks.Api.Program.Build(
            [.. _system.ApiArguments(), $"--ConnectionStrings:PayLinks={several}"]);
        await api.StartAsync();

        Assert.That((await _system.Merchant.CreateLinkAsync()).Status, Is.EqualTo("open"));
        await Eventually.SeesAsync(
            () => _system.Database.QueryAsync<string>(ListenersSql), names => names.Contains("several"),
            "the API listens at the primary");
        await api.StopAsync();
    }
}
