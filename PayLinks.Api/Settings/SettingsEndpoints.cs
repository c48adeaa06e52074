using PayLinks.Api.Audit;
using PayLinks.Api.Brand;
using PayLinks.Api.Console;
using PayLinks.Api.Keys;
using PayLinks.Api.Notices;
using PayLinks.Api.People;
using PayLinks.Api.Reconciliation;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;

namespace PayLinks.Api.Settings;

/// <summary>What owners and managers set.</summary>
internal static class SettingsEndpoints
{
    public static IServiceCollection AddSettings(this IServiceCollection services)
    {
        services.AddSingleton<InvitePerson>();
        services.AddSingleton<FindInvitation>();
        services.AddTransient<SetMollieKey>();
        return services;
    }

    public static IEndpointRouteBuilder MapSettings(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapConsolePages().MapGroup("/settings").RequireAuthorization(StaffPolicies.Manage);
        pages.MapGet("", IResult (ConsolePage page) => page.Render<SettingsPage>(page.Words.Settings));
        pages.MapGet("/payments", ConsoleLateMoney.ShowAsync);
        pages.MapPost("/payments", ConsoleLateMoney.ChangeAsync);
        pages.MapGet("/links", ConsoleLinkDefaults.ShowAsync);
        pages.MapPost("/links", ConsoleLinkDefaults.SaveAsync);
        pages.MapGet("/log", ConsoleAudit.ShowAsync);
        pages.MapGet("/team", ConsolePeople.ListAsync);
        MapOwners(pages.MapGroup("").RequireAuthorization(StaffPolicies.Own));

        var sending = pages.MapGroup("/sending");
        sending.MapGet("", ConsoleSending.ShowAsync);
        sending.MapPost("", ConsoleSending.SaveAsync);
        sending.MapPost("/test", ConsoleSending.TestAsync);

        var texts = pages.MapGroup("/texts");
        texts.MapGet("", ConsoleTexts.ShowAsync);
        texts.MapPost("", ConsoleTexts.SaveAsync);
        texts.MapPost("/preview", ConsoleTexts.PreviewAsync);
        texts.MapPost("/delete", ConsoleTexts.DeleteAsync);

        var webhooks = pages.MapGroup("/webhooks");
        webhooks.MapGet("", ConsoleWebhooks.ListAsync);
        webhooks.MapPost("", ConsoleWebhooks.CreateAsync);
        webhooks.MapGet("/{id}", ConsoleWebhooks.ShowAsync);
        webhooks.MapPost("/{id}", ConsoleWebhooks.ChangeAsync);
        webhooks.MapPost("/{id}/rotate-secret", ConsoleWebhooks.RotateAsync);
        webhooks.MapPost("/{id}/disable", ConsoleWebhooks.DisableAsync);
        webhooks.MapPost("/{id}/enable", ConsoleWebhooks.EnableAsync);
        webhooks.MapGet("/{id}/delete", ConsoleWebhooks.ShowDeleteAsync);
        webhooks.MapPost("/{id}/delete", ConsoleWebhooks.DeleteAsync);
        webhooks.MapPost("/{id}/redeliver", ConsoleWebhooks.RedeliverAsync);

        var reconciliation = pages.MapGroup("/reconciliation");
        reconciliation.MapGet("", ConsoleReconciliation.ListAsync);
        reconciliation.MapPost("", ConsoleReconciliation.RequestAsync);
        reconciliation.MapGet("/{id}", ConsoleReconciliation.ShowAsync);

        var invitation = routes.MapConsolePages().MapGroup("/invitation");
        invitation.MapGet("/accepted", AcceptInvitation.ShowAccepted);
        invitation.MapGet("/{token}", AcceptInvitation.ShowAsync);
        invitation.MapPost("/{token}", AcceptInvitation.HandleAsync);
        return routes;
    }

    private static void MapOwners(RouteGroupBuilder pages)
    {
        var brand = pages.MapGroup("/brand");
        brand.MapGet("", ConsoleBrand.ShowAsync);
        brand.MapGet("/logo", ConsoleBrand.LogoAsync);
        brand.MapPost("", ConsoleBrand.SaveAsync);

        var team = pages.MapGroup("/team");
        team.MapPost("", ConsolePeople.InviteAsync);
        team.MapPost("/invitations/{id}/withdraw", ConsolePeople.WithdrawAsync);
        team.MapGet("/{id}", ConsolePeople.ShowAsync);
        team.MapPost("/{id}/role", ConsolePeople.ChangeRoleAsync);
        team.MapPost("/{id}/disable", ConsolePeople.DisableAsync);
        team.MapPost("/{id}/enable", ConsolePeople.EnableAsync);

        var keys = pages.MapGroup("/api-keys");
        keys.MapGet("", ConsoleKeys.ListAsync);
        keys.MapPost("", ConsoleKeys.CreateAsync);
        keys.MapGet("/{id}/revoke", ConsoleKeys.ShowRevokeAsync);
        keys.MapPost("/{id}/revoke", ConsoleKeys.RevokeAsync);

        var mollie = pages.MapGroup("/mollie");
        mollie.MapGet("", ConsoleMollie.ShowAsync);
        mollie.MapPost("", ConsoleMollie.SaveAsync);
    }
}
