using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace PayLinks.Api.Pay;

/// <summary>
/// Counts the addresses of no link that each client tries. Only further wrong ones are turned away: a customer who
/// shares an address with whoever is guessing still gets to pay.
/// </summary>
internal sealed class UnknownTokenLimit(PayLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter =
        PartitionedRateLimiter.Create<HttpContext, IPAddress>(
            context => RateLimitPartition.GetFixedWindowLimiter(ClientOf(context), _ => OptionsOf(limits)));

    public TimeSpan Window => TimeSpan.FromMinutes(limits.UnknownTokensWindowMinutes);

    /// <summary>Counts one more; false when it is one too many.</summary>
    public bool Admits(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static FixedWindowRateLimiterOptions OptionsOf(PayLimits limits) => new()
    {
        PermitLimit = limits.UnknownTokensPerClient,
        Window = TimeSpan.FromMinutes(limits.UnknownTokensWindowMinutes),
    };

    // One household or server commonly has a whole /64 of IPv6 addresses to itself.
    private static IPAddress ClientOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
