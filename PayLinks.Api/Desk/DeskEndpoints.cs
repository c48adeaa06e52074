using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Desk;

internal static class DeskEndpoints
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<ReadCards>();
        services.AddSingleton<RenderDesk>();
        return services;
    }

    public static IEndpointRouteBuilder MapDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapConsolePages().MapGroup("/desk").RequireAuthorization(StaffPolicies.Write);
        desk.MapGet("", ShowDesk.HandleAsync);
        desk.MapPost("", PostDesk.HandleAsync);
        desk.MapPost("/preview", ShowDesk.PreviewAsync);
        desk.MapPost("/{id}/correct", PostDesk.CorrectAsync);
        return routes;
    }
}
