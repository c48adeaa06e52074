using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace PayLinks.Api.SignIn;

/// <summary>
/// How often one network address may try to sign in. Counted per process, so that guessing at many accounts costs the
/// database nothing; guessing at one account is what the lockout in the database stops.
/// </summary>
public sealed class AttemptLimiter(SignInOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter =
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
            RateLimitPartition.GetFixedWindowLimiter(Network(address), _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = options.AttemptsPerAddress,
                Window = options.AttemptsWindow,
            }));

    /// <summary>Counts an attempt.</summary>
    /// <returns>Null when it may go on, else how long to wait.</returns>
    public TimeSpan? Count(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait
            : options.AttemptsWindow;
    }

    public void Dispose() => _limiter.Dispose();

    // Whoever has one IPv6 address usually has the 2^64 around it.
    private static IPAddress Network(IPAddress address)
    {
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
