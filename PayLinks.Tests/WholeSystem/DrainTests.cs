using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.V1;

namespace PayLinks.Tests.WholeSystem;

/// <summary>An API that is told to stop lets its proxy find out first.</summary>
public sealed class DrainTests
{
    [Test]
    public async Task Before_it_stops_an_API_says_so_to_its_proxy_and_serves_on()
    {
        await using var system = await TestSystem.StartAsync(Hosts.None);
        await using var api = PayLinks.Api.Program.Build([.. system.ApiArguments(), "--DrainSeconds=300"]);
        await api.StartAsync();
        using var proxy = new HttpClient();
        Task<HttpStatusCode> HealthAsync(string url) => StatusAsync(proxy, url);
        Assert.That(await HealthAsync(system.ApiUrl + "/healthz"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await HealthAsync(system.ApiManagementUrl + "/readyz"), Is.EqualTo(HttpStatusCode.OK));
        await using var stream = await FeedStream.OpenAsync(system, system.Merchant.ApiKey);

        using var patience = new CancellationTokenSource();
        var stop = api.StopAsync(patience.Token);

        await Eventually.SeesAsync(
            () => HealthAsync(system.ApiUrl + "/healthz"),
            status => status == HttpStatusCode.ServiceUnavailable, "health says no");
        Assert.That(
            await HealthAsync(system.ApiManagementUrl + "/readyz"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await HealthAsync(system.ApiManagementUrl + "/healthz"), Is.EqualTo(HttpStatusCode.OK));
        var link = await system.Merchant.CreateLinkAsync();
        Assert.That((await stream.NextAsync()).Data, Does.Contain(link.Id));

        await patience.CancelAsync();
        await stop.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Test]
    public async Task A_stop_waits_for_no_stream()
    {
        await using var system = await TestSystem.StartAsync(Hosts.None);
        await using var api = PayLinks.Api.Program.Build(system.ApiArguments());
        await api.StartAsync();
        await using var stream = await FeedStream.OpenAsync(system, system.Merchant.ApiKey);

        var stop = api.StopAsync();

        Assert.That(await stream.EndsAsync(), Is.True);
        await stop;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string url)
    {
        using var answer = await http.GetAsync(url);
        return answer.StatusCode;
    }
}
