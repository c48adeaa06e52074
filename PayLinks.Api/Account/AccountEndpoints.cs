using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

/// <summary>What people set for themselves: how they sign in, and where they are signed in.</summary>
internal static class AccountEndpoints
{
    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        services.AddScoped<RenderAccount>();
        return services;
    }

    public static IEndpointRouteBuilder MapAccount(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapConsolePages().MapGroup(RenderAccount.Path).RequireAuthorization(StaffPolicies.Read);
        pages.MapGet("", ShowAccount.HandleAsync);
        pages.MapPost("/password", ChangePassword.HandleAsync);
        pages.MapPost("/sessions/end", EndSessions.HandleAsync);

        pages.MapGet("/authenticator", ChangeAuthenticator.ShowAsync);
        pages.MapPost("/authenticator", ChangeAuthenticator.TurnOnAsync);
        pages.MapPost("/authenticator/codes", ChangeAuthenticator.ReplaceCodesAsync);
        pages.MapPost("/authenticator/off", ChangeAuthenticator.TurnOffAsync);

        pages.MapPost("/passkeys/new", AddPasskey.AskAsync);
        pages.MapPost("/passkeys", AddPasskey.HandleAsync);
        pages.MapPost("/passkeys/remove", RemovePasskey.HandleAsync);
        return routes;
    }
}
