using System.Threading.RateLimiting;

namespace PayLinks.Api.Pay;

/// <summary>
/// Counts how often the customer of a link wants to be written to again. Whoever wants to be left alone always is; so
/// this bounds how often the one follows the other.
/// </summary>
internal sealed class ReturnLimit(PayLimits limits) : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(
        linkId => RateLimitPartition.GetFixedWindowLimiter(linkId, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = limits.ReturnsPerLinkAndHour,
            Window = Window,
        }));

    /// <summary>Counts one more; false when it is one too many.</summary>
    public bool Admits(Guid linkId)
    {
        using var lease = _limiter.AttemptAcquire(linkId);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
