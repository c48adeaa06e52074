using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using OpenTelemetry.Metrics;
using PayLinks.Core.Database;

namespace PayLinks.Api.Health;

internal static class HealthEndpoints
{
    private static readonly HealthCheckOptions JustAlive = new() { Predicate = _ => false };

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseIsReady>("database");
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddMeter("Npgsql", "System.Runtime")
            .AddPrometheusExporter());
        return services;
    }

    /// <summary>Answers on the management port, and nothing else there. Goes before everything.</summary>
    public static IApplicationBuilder UseManagementPort(this IApplicationBuilder app) =>
        app.MapWhen(ManagementPort.IsManagement, management =>
        {
            management.UseHealthChecks("/healthz", JustAlive);
            management.UseHealthChecks("/readyz");
            management.UseOpenTelemetryPrometheusScrapingEndpoint();
            management.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });

    /// <summary>On the public port only whether the process lives.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", JustAlive);
        return app;
    }

    /// <summary>Ready once the database answers and has the schema that this version was built for.</summary>
    private sealed class DatabaseIsReady(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return await Migrator.IsCurrentAsync(database, cancellationToken)
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy("The database has an older schema: run 'migrate'.");
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.");
            }
        }
    }
}
