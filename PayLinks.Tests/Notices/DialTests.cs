using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using PayLinks.Core.Notices;
using PayLinks.Worker.Notices;

namespace PayLinks.Tests.Notices;

/// <summary>
/// What counts is the address that is dialled. A canary listens on every address of this machine, and must not hear of
/// anybody.
/// </summary>
public sealed class DialTests
{
    private TcpListener _canary = null!;
    private TcpListener _canaryV6 = null!;

    [SetUp]
    public void Listen()
    {
        _canary = new TcpListener(IPAddress.Any, 0);
        _canary.Start();
        _canaryV6 = new TcpListener(IPAddress.IPv6Any, 0);
        _canaryV6.Server.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.IPv6Only, true);
        _canaryV6.Start();
    }

    [TearDown]
    public void StopListening()
    {
        var heard = _canary.Pending() || _canaryV6.Pending();
        _canary.Dispose();
        _canaryV6.Dispose();
        Assert.That(heard, Is.False, "the canary was called");
    }

    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.2")]
    [TestCase("127.1")]
    [TestCase("2130706433")]
    [TestCase("0x7f000001")]
    [TestCase("0177.0.0.1")]
    [TestCase("0")]
    [TestCase("0.0.0.0")]
    [TestCase("[::1]")]
    [TestCase("[::]")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("[::ffff:7f00:1]")]
    [TestCase("localhost")]
    [TestCase("LOCALHOST")]
    [TestCase("\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3")]
    [TestCase("127\u30020\u30020\u30021")]
    public async Task However_it_is_spelled_this_machine_is_not_called(string host)
    {
        foreach (var port in new[] { PortOf(_canary), PortOf(_canaryV6) })
        {
            Assert.That(await WhyNotAsync($"http://{host}:{port}/", Dns.GetHostAddressesAsync), Is.True);
        }
    }

    [Test]
    public async Task This_machines_own_name_is_not_called() =>
        Assert.That(
            await WhyNotAsync($"http://{Dns.GetHostName()}:{PortOf(_canary)}/", Dns.GetHostAddressesAsync), Is.True);

    [TestCase("127.0.0.1")]
    [TestCase("8.8.8.8", "127.0.0.1")]
    [TestCase("127.0.0.1", "8.8.8.8")]
    [TestCase("2606:4700::1", "::1")]
    [TestCase("169.254.169.254")]
    [TestCase("64:ff9b::7f00:1")]
    public async Task A_name_that_leads_inside_even_in_part_is_not_called(params string[] addresses) =>
        Assert.That(
            await WhyNotAsync(
                $"http://shop.example:{PortOf(_canary)}/",
                (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray())),
            Is.True);

    [Test]
    public async Task A_name_is_asked_once_and_what_was_looked_at_is_dialled()
    {
        // The first answer is of a network where nobody answers; a second look-up would lead inside.
        var asked = 0;
        Task<IPAddress[]> Rebinding(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? Nowhere : IPAddress.Loopback]);

        var reached = await WhyNotAsync(
            $"http://shop.example:{PortOf(_canary)}/", Rebinding, ["192.0.2.0/24"], TimeSpan.FromMilliseconds(300));

        Assert.That(reached, Is.False, "not blocked: the address was allowed, and nobody was there");
        Assert.That(asked, Is.EqualTo(1));
    }

    [Test]
    public async Task No_vector_reaches_the_canary_when_a_notice_is_sent()
    {
        using var services = new ServiceCollection()
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
                new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new NoticeAddresses())
            .AddLogging()
            .AddNotices()
            .BuildServiceProvider();
        var post = services.GetRequiredService<PostNotice>();

        foreach (var url in EndpointUrls.Bad)
        {
            var posted = await post.ExecuteAsync(url, "evt_1", [], []);
            Assert.That(posted.Outcome, Is.EqualTo(NoticeOutcome.Blocked), url);
        }
    }

    private static readonly IPAddress Nowhere = IPAddress.Parse("192.0.2.1");

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>True if the address was blocked, false if something else went wrong; never does it go well.</summary>
    private static async Task<bool> WhyNotAsync(
        string url, Resolve resolve, string[]? allow = null, TimeSpan? patience = null)
    {
        var dial = new DialPublicly(new NoticeAddresses { AllowAddresses = allow ?? [] }, resolve);
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = dial.ConnectAsync };
        using var http = new HttpClient(handler) { Timeout = patience ?? TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await http.GetAsync(url);
            throw new AssertionException($"{url} was reached");
        }
        catch (HttpRequestException error)
        {
            return error.InnerException is BlockedAddressException;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
