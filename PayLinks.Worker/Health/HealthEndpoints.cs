using System.Net;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Health;

/// <summary>
/// The worker's own port, on loopback: <c>/healthz</c> (alive), <c>/readyz</c> (has its database) and <c>/metrics</c>.
/// The setting
/// <c>ManagementPort</c> chooses it; without, <c>Urls</c> does.
/// </summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        var telemetry = services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(SendingMetrics.MeterName, "Npgsql", "Polly")
                .AddHttpClientInstrumentation()
                .AddPrometheusExporter());
        // A trace of each statement and each call costs as much as some of them, so only for whoever collects them.
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is not null)
        {
            telemetry.WithTracing(tracing => tracing.AddNpgsql().AddHttpClientInstrumentation()).UseOtlpExporter();
        }

        return services;
    }

    public static void MapHealth(this WebApplication app)
    {
        if (app.Configuration.GetValue<int?>("ManagementPort") is { } port)
        {
            app.Urls.Clear();
            app.Urls.Add($"http://{IPAddress.Loopback}:{port}");
        }

        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/readyz");
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    private sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException error)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.", error);
            }
        }
    }
}
