using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using PayLinks.Api.SignIn;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.SignIn;

public sealed class KeyRingTests
{
    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task One_process_reads_the_cookies_of_another_and_the_database_reads_none()
    {
        await using var first = Process();
        await using var second = Process();

        var cookie = Protector(first).Protect("signed in");

        Assert.That(Protector(second).Unprotect(cookie), Is.EqualTo("signed in"));
        Assert.That(await _database.ReadAsync<int>("select count(*)::int from data_protection_key"), Is.GreaterThan(0));
        var stored = await _database.QueryAsync<byte[]>("select xml_cipher from data_protection_key");
        Assert.That(stored.Select(System.Text.Encoding.UTF8.GetString), Is.All.Not.Contains("<key"));
    }

    private ServiceProvider Process()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().SetApplicationName("PayLinks");
        services.AddOptions<KeyManagementOptions>().Configure(keys =>
            keys.XmlRepository = new SealedKeyRing(
                _database.App, new Vault(TestSystem.MasterKey), TimeProvider.System));
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(IServiceProvider process) =>
        process.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookies");
}
