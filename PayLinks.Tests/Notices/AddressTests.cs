using System.Net;
using PayLinks.Core.Notices;

namespace PayLinks.Tests.Notices;

/// <summary>Where notices may go, judged by the address as it is written and as it is dialled.</summary>
public sealed class AddressTests
{
    private static readonly NoticeAddresses Production = new();
    private static readonly NoticeAddresses Development = new() { AllowAddresses = ["127.0.0.0/8", "::1/128"] };

    private static IEnumerable<TestCaseData> Good => Named(EndpointUrls.Good);

    private static IEnumerable<TestCaseData> Bad => Named(EndpointUrls.Bad);

    [Test]
    public void There_are_many_vectors() =>
        Assert.That(EndpointUrls.Bad, Is.Unique.And.Count.GreaterThanOrEqualTo(120));

    [TestCaseSource(nameof(Good))]
    public void A_public_address_is_taken(string url) => Assert.That(Production.Allows(url), Is.True);

    [TestCaseSource(nameof(Bad))]
    public void Any_other_is_refused(string url) => Assert.That(Production.Allows(url), Is.False);

    [Test]
    public void No_address_is_none() => Assert.That(Production.Allows((string?)null), Is.False);

    [TestCase("http://127.0.0.1:5090/hook", true)]
    [TestCase("http://localhost:5090/hook", true)]
    [TestCase("http://[::1]:5090/hook", true)]
    [TestCase("https://127.0.0.1:22/hook", true)]
    [TestCase("http://10.0.0.1/hook", false)]
    [TestCase("http://shop.example/hook", false)]
    [TestCase("http://user@127.0.0.1:5090/hook", false)]
    [TestCase("http://127.1:5090/hook", false)]
    [TestCase("http://2130706433:5090/hook", false)]
    [TestCase("ftp://127.0.0.1/hook", false)]
    public void In_development_some_networks_are_open_over_http(string url, bool isAllowed) =>
        Assert.That(Development.Allows(url), Is.EqualTo(isAllowed));

    [TestCase("1.1.1.1")]
    [TestCase("8.8.8.8")]
    [TestCase("11.0.0.1")]
    [TestCase("100.63.255.255")]
    [TestCase("100.128.0.0")]
    [TestCase("172.15.255.255")]
    [TestCase("172.32.0.0")]
    [TestCase("192.167.255.255")]
    [TestCase("192.169.0.0")]
    [TestCase("198.17.255.255")]
    [TestCase("198.20.0.0")]
    [TestCase("223.255.255.255")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("2606:4700:4700::1111")]
    [TestCase("2001:4860:4860::8888")]
    [TestCase("2003::1")]
    [TestCase("2a00:1450:4001:800::200e")]
    public void Addresses_beside_the_closed_networks_are_public(string address) =>
        Assert.That(PublicAddress.IsPublic(IPAddress.Parse(address)), Is.True);

    [TestCase("0.0.0.0")]
    [TestCase("0.255.255.255")]
    [TestCase("10.0.0.0")]
    [TestCase("10.255.255.255")]
    [TestCase("100.64.0.0")]
    [TestCase("100.127.255.255")]
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.255")]
    [TestCase("169.254.169.254")]
    [TestCase("172.16.0.0")]
    [TestCase("172.31.255.255")]
    [TestCase("192.0.0.8")]
    [TestCase("192.0.2.255")]
    [TestCase("192.88.99.1")]
    [TestCase("192.168.255.255")]
    [TestCase("198.18.0.0")]
    [TestCase("198.19.255.255")]
    [TestCase("198.51.100.0")]
    [TestCase("203.0.113.255")]
    [TestCase("224.0.0.0")]
    [TestCase("239.255.255.255")]
    [TestCase("240.0.0.0")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("::7f00:1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::ffff:169.254.169.254")]
    [TestCase("::ffff:0:7f00:1")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("64:ff9b:1::1")]
    [TestCase("100::1")]
    [TestCase("2001::1")]
    [TestCase("2001:2::1")]
    [TestCase("2001:10::1")]
    [TestCase("2001:20::1")]
    [TestCase("2001:db8::1")]
    [TestCase("2002:7f00:1::")]
    [TestCase("2002:c0a8:1::1")]
    [TestCase("3fff::1")]
    [TestCase("5f00::1")]
    [TestCase("fc00::1")]
    [TestCase("fdff:ffff::1")]
    [TestCase("fe80::1")]
    [TestCase("fe80::1%1")]
    [TestCase("2606:4700::1%1")]
    [TestCase("fec0::1")]
    [TestCase("ff02::1")]
    public void Closed_networks_are_not_dialled(string address)
    {
        Assert.That(PublicAddress.IsPublic(IPAddress.Parse(address)), Is.False);
        Assert.That(Production.Allows(IPAddress.Parse(address)), Is.False);
    }

    [Test]
    public void This_machines_own_addresses_are_not_dialled()
    {
        Assert.That(PublicAddress.IsOurs(IPAddress.Loopback), Is.True);
        Assert.That(PublicAddress.IsOurs(IPAddress.Parse("::ffff:127.0.0.1")), Is.True);
        Assert.That(PublicAddress.IsOurs(IPAddress.Parse("8.8.8.8")), Is.False);
    }

    private static IEnumerable<TestCaseData> Named(IEnumerable<string> urls) => urls.Select(
        (url, number) => new TestCaseData(url).SetArgDisplayNames(
            $"{number}: {Uri.EscapeDataString(url[..Math.Min(url.Length, 60)])}"));
}
