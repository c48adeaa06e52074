using PayLinks.Api.Brand;
using PayLinks.Api.Console;
using PayLinks.Api.Notices;
using PayLinks.Api.Reconciliation;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;

namespace PayLinks.Api.Settings;

/// <summary>What owners and managers set.</summary>
internal static class SettingsEndpoints
{
    public static IEndpointRouteBuilder MapSettings(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapConsolePages().MapGroup("/settings").RequireAuthorization(StaffPolicies.Manage);
        pages.MapGet("", (ConsolePage page) => page.Render<SettingsPage>(page.Words.Settings));
        pages.MapGet("/payments", ConsoleLateMoney.ShowAsync);
        pages.MapPost("/payments", ConsoleLateMoney.ChangeAsync);

        var brand = pages.MapGroup("/brand").RequireAuthorization(StaffPolicies.Own);
        brand.MapGet("", ConsoleBrand.ShowAsync);
        brand.MapGet("/logo", ConsoleBrand.LogoAsync);
        brand.MapPost("", ConsoleBrand.SaveAsync);

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
        return routes;
    }
}
