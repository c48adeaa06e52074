using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Desk;

internal static class DeskEndpoints
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<ReadCards>();
        services.AddSingleton<ReadTeam>();
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
        desk.MapPost("/{id}/end", EndCall.HandleAsync);
        desk.MapPost("/{id}/reveal", RevealNumber.HandleAsync);

        var team = routes.MapConsolePages().MapGroup("/desk").RequireAuthorization(StaffPolicies.Manage);
        team.MapGet("/team", ShowTeam.HandleAsync);
        team.MapPost("/{id}/take-over", TakeOver.HandleAsync);
        return routes;
    }
}
