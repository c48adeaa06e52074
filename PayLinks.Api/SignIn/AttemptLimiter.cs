using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using PayLinks.Api.Problems;

namespace PayLinks.Api.SignIn;

/// <summary>
/// How often one network address may try to sign in. Counted per process, so that guessing at many accounts costs the
/// database nothing; guessing at one account is what the lockout in the database stops.
/// </summary>
public sealed partial class AttemptLimiter(SignInOptions options, ILogger<AttemptLimiter> logger) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter =
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
            RateLimitPartition.GetFixedWindowLimiter(Network(address), _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = options.AttemptsPerAddress,
                Window = options.AttemptsWindow,
            }));

    /// <summary>Counts an attempt; when there were too many, the answer's headers say how long to wait.</summary>
    /// <returns>Null when it may go on, else for how many minutes it may not.</returns>
    public int? Count(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (lease.IsAcquired)
        {
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : options.AttemptsWindow;
        context.Response.Headers.RetryAfter = Problem.WholeSeconds(wait);
        LogTooMany(logger);
        return (int)Math.Ceiling(wait.TotalMinutes);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A network address has tried to sign in too often")]
    private static partial void LogTooMany(ILogger logger);
}
