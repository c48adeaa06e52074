using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace PayLinks.Core.Notices;

/// <summary>
/// Tells addresses of the open internet from those that lead into our own network, to this machine, or nowhere: a
/// merchant may make us post to the former only.
/// </summary>
public static class PublicAddress
{
    // IANA's special-purpose registry, and what is multicast or reserved.
    private static readonly IPNetwork[] ClosedV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Nothing else has been given out as global unicast: loopback, unique local, link-local, NAT64 and multicast lie
    // outside.
    private static readonly IPNetwork OpenV6 = IPNetwork.Parse("2000::/3");

    // Protocol assignments (Teredo, ORCHID, benchmarks), documentation, 6to4, and the name servers of closed networks.
    private static readonly IPNetwork[] ClosedV6 = Networks(
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? !ClosedV4.Any(network => network.Contains(address))
            : address.ScopeId == 0 && OpenV6.Contains(address)
                && !ClosedV6.Any(network => network.Contains(address));
    }

    /// <summary>Whether it is one of this machine's own, public or not.</summary>
    public static bool IsOurs(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Any(own => own.Address.Equals(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private static IPNetwork[] Networks(params IEnumerable<string> texts) => [.. texts.Select(IPNetwork.Parse)];
}
