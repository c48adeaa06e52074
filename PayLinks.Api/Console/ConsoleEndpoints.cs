using PayLinks.Api.Problems;
using PayLinks.Api.Refunds;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;

namespace PayLinks.Api.Console;

internal static class ConsoleEndpoints
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<CreateLinkOnce>();
        services.AddSingleton<PreviewSms>();
        services.AddSingleton<RenderNewLink>();
        return services;
    }

    /// <summary>A browser that was refused without a page gets one: an address that leads nowhere, above all.</summary>
    public static WebApplication UseConsole(this WebApplication app)
    {
        app.UseStatusCodePages(async status =>
        {
            var context = status.HttpContext;
            if (ProblemEndpoints.IsForPrograms(context.Request))
            {
                return;
            }

            var page = await ConsolePage.BindAsync(context);
            var code = ProblemCodes.ForStatus(context.Response.StatusCode);
            var words = ProblemWords.In(page.Words.Language).Of(code);
            await (code == ProblemCodes.NotFound
                ? page.NotFound()
                : page.Notice(new NoticeWords(words.Title, words.Detail), context.Response.StatusCode))
                .ExecuteAsync(context);
        });
        return app;
    }

    /// <summary>A group for pages: forms are guarded, and the API's description leaves them out.</summary>
    public static RouteGroupBuilder MapConsolePages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.AddEndpointFilter<FormGuard>();
        pages.WithMetadata(FormGuard.SizeLimit);
        return pages;
    }

    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapConsolePages();
        pages.MapPost("/language", ChooseLanguage.HandleAsync);

        var reading = pages.MapGroup("/links").RequireAuthorization(StaffPolicies.Read);
        reading.MapGet("", ShowLinks.HandleAsync);
        reading.MapGet("/{id}", ShowLinkPage.HandleAsync);
        reading.MapGet("/{id}/qr.svg", ShowLinkPage.QrAsync);
        reading.MapGet("/{id}/poster", ShowPoster.HandleAsync);

        var writing = pages.MapGroup("/links").RequireAuthorization(StaffPolicies.Write);
        writing.MapGet("/new", ShowNewLink.HandleAsync);
        writing.MapPost("/new", PostNewLink.HandleAsync);
        writing.MapPost("/number", ShowNumber.HandleAsync);
        writing.MapPost("/new/preview", PostNewLink.PreviewAsync);
        writing.MapPost("/{id}/messages", ChangeLink.SendAsync);
        writing.MapPost("/{id}/recipient", ChangeLink.RecipientAsync);
        writing.MapPost("/{id}/extend", ChangeLink.ExtendAsync);
        writing.MapGet("/{id}/cancel", ChangeLink.ShowCancelAsync);
        writing.MapPost("/{id}/cancel", ChangeLink.CancelAsync);

        var refunding = pages.MapGroup("/links").RequireAuthorization(StaffPolicies.Refund);
        refunding.MapPost("/{id}/refunds", ConsoleRefunds.CreateAsync);
        refunding.MapPost("/{id}/refunds/{refundId}/cancel", ConsoleRefunds.CancelAsync);
        return routes;
    }
}
