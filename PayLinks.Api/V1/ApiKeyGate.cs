using System.Globalization;
using System.Threading.RateLimiting;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;

namespace PayLinks.Api.V1;

/// <summary>
/// Lets callers in to the endpoints that <see cref="NeedsScope"/> marks: the right key, often enough, for this.
/// </summary>
internal sealed class ApiKeyGate(RequestDelegate next, ApiKeys keys, LinkLimits limits) : IDisposable
{
    private const string Scheme = "Bearer ";

    // As many requests as make up the burst, in the seconds that refill it.
    private readonly string _policy = string.Create(
        CultureInfo.InvariantCulture,
        $"\"key\";q={limits.RequestsBurst};w={Math.Max(1, limits.RequestsBurst / limits.RequestsPerSecond)}");

    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(
        keyId => RateLimitPartition.GetTokenBucketLimiter(keyId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.RequestsBurst,
            TokensPerPeriod = Math.Max(1, limits.RequestsPerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(
                1000L * Math.Max(1, limits.RequestsPerSecond / 10) / limits.RequestsPerSecond),
            QueueLimit = 0,
        }));

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsScope>() is not { } needed)
        {
            await next(context);
            return;
        }

        if (await keys.FindAsync(KeyOf(context.Request), context.RequestAborted) is not { } caller)
        {
            await new Problem(ProblemCodes.Unauthorized).ExecuteAsync(context);
            return;
        }

        using var lease = _limiter.AttemptAcquire(caller.KeyId);
        context.Response.Headers["RateLimit-Policy"] = _policy;
        var left = _limiter.GetStatistics(caller.KeyId)?.CurrentAvailablePermits ?? 0;
        context.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";r={left}");
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            await new Problem(ProblemCodes.TooManyRequests) { RetryAfter = wait }.ExecuteAsync(context);
            return;
        }

        if (!caller.Scopes.Contains(needed.Scope, StringComparer.Ordinal))
        {
            await new Problem(ProblemCodes.Forbidden).ExecuteAsync(context);
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>What stands where a key should, or null.</summary>
    public static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
}
