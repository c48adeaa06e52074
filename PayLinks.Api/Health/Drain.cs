using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PayLinks.Api.Health;

/// <summary>At the root of the configuration.</summary>
public sealed class DrainOptions
{
    /// <summary>How long health says no before a process that was told to stop takes no more requests.</summary>
    [Range(0, 300)]
    public int DrainSeconds { get; set; }
}

/// <summary>
/// A stop behind a proxy: health says no first, so that the proxy sends nobody here any more, and meanwhile everything
/// is served as before. Kestrel stops, and streams end, when that time is over.
/// </summary>
internal sealed class Drain(DrainOptions options, TimeProvider clock)
    : IHostedLifecycleService, IHealthCheck, IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private volatile bool _hasBegun;

    /// <summary>Canceled when whoever holds a connection open must let go of it.</summary>
    public CancellationToken Over => _over.Token;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        // Whoever has no patience with us stops at once, and in good order too.
        await Task.Delay(TimeSpan.FromSeconds(options.DrainSeconds), clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _over.CancelAsync();
    }

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        // Not unhealthy, which would be an error in the log at each question.
        Task.FromResult(
            _hasBegun ? HealthCheckResult.Degraded("This process is about to stop.") : HealthCheckResult.Healthy());

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _over.Dispose();
}
