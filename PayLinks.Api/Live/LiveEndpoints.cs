using PayLinks.Api.Events;
using PayLinks.Api.Outages;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Live;

internal static class LiveEndpoints
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<FeedHints>();
        services.AddSingleton<CurrentOutages>();
        return services;
    }

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/live", WatchEvents.Handle)
            .RequireAuthorization(StaffPolicies.Read)
            .WithMetadata(new OnlyWatches())
            .ExcludeFromDescription();
        return routes;
    }
}
