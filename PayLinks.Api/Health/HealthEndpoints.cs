using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry.Metrics;
using PayLinks.Core.Database;

namespace PayLinks.Api.Health;

internal static class HealthEndpoints
{
    private const string Stays = "stays";

    private static readonly HealthCheckOptions JustAlive = new() { Predicate = _ => false };

    private static readonly HealthCheckOptions HereToStay = new()
    {
        Predicate = check => check.Name == Stays,
        ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
    };

    private static readonly HealthCheckOptions Ready = new() { ResultStatusCodes = HereToStay.ResultStatusCodes };

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptions<DrainOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<DrainOptions>>().Value);
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        // The time to drain comes before what the requests that are still being served may take.
        services.AddOptions<HostOptions>().Configure<DrainOptions>(
            (host, drain) => host.ShutdownTimeout += TimeSpan.FromSeconds(drain.DrainSeconds));
        services.AddHealthChecks().AddCheck<DatabaseIsReady>("database").AddCheck<Drain>(Stays);
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
            management.UseHealthChecks("/readyz", Ready);
            management.UseOpenTelemetryPrometheusScrapingEndpoint();
            management.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });

    /// <summary>
    /// On the public port whether a proxy may send requests here: no look at the database, whose outage all processes
    /// share, so that turning away from one of them helps nobody.
    /// </summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", HereToStay);
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
