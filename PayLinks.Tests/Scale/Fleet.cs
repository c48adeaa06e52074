using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Torture;

namespace PayLinks.Tests.Scale;

/// <summary>Three APIs behind a proxy at the system's address, and three workers, over one database.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const int Each = 3;

    private readonly TextWriter _log;

    private Fleet(TestSystem system, string scenario, IReadOnlyList<string> settings)
    {
        Directory.CreateDirectory(SourceTree.PathOf("TestResults"));
        _log = TextWriter.Synchronized(new StreamWriter(SourceTree.PathOf($"TestResults/scale-{scenario}.log")));
        Apis = [.. Enumerable.Range(1, Each).Select(number =>
        {
            var url = new Uri($"http://127.0.0.1:{Ports.Next()}");
            string[] own = [.. system.ApiArguments(), .. settings, $"--urls={url}", $"--ManagementPort={Ports.Next()}"];
            var host = new Supervised("PayLinks.Api", own, hear: _log.WriteLine);
            return new Machine($"api{number}", host, url, new Uri(url, "healthz"));
        })];
        Workers = [.. Enumerable.Range(1, Each).Select(number =>
        {
            var url = new Uri($"http://127.0.0.1:{Ports.Next()}");
            string[] own = [.. system.WorkerArguments(), .. settings, $"--ManagementPort={url.Port}"];
            var host = new Supervised("PayLinks.Worker", own, hear: _log.WriteLine);
            return new Machine($"worker{number}", host, url, new Uri(url, "readyz"));
        })];
        Proxy = new HaProxy(new Uri(system.ApiUrl).Port, [.. Apis.Select(api => (api.Name, api.Url))]);
    }

    public IReadOnlyList<Machine> Apis { get; }

    public IReadOnlyList<Machine> Workers { get; }

    public HaProxy Proxy { get; }

    /// <param name="settings">Arguments that every host gets.</param>
    public static async Task<Fleet> StartAsync(TestSystem system, string scenario, IReadOnlyList<string> settings)
    {
        var fleet = new Fleet(
            system, scenario,
            [
                .. settings, "--DrainSeconds=3", "--TrustedProxies=127.0.0.1",
                "--Logging:Console:LogLevel:Default=Warning",
            ]);
        await Task.WhenAll(fleet.Apis.Concat(fleet.Workers).Select(machine => machine.AwaitReadyAsync()));
        await Task.WhenAll(fleet.Apis.Select(api => fleet.Proxy.AwaitAsync(api.Name, isUp: true)));
        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Workers.Concat(Apis))
        {
            await machine.DisposeAsync();
        }

        Proxy.Dispose();
        await _log.DisposeAsync();
    }
}
