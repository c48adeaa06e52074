using PayLinks.Sandbox.Control;

namespace PayLinks.Sandbox.SendGrid;

internal static class SendGridEndpoints
{
    public static void MapSendGrid(this WebApplication app)
    {
        var services = app.Services;
        var options = services.GetRequiredService<SandboxOptions>();
        var api = app.MapGroup("/v3")
            .AddEndpointFilter(async (context, next) => IsLetIn(context.HttpContext, options)
                ? await next(context)
                : SendGridError.Of(401, "The provided authorization grant is invalid, expired, or revoked"))
            .AddEndpointFilter(new FaultFilter(services.GetRequiredService<Faults>(), SendGridError.Outage))
            .AddEndpointFilter(async (context, next) =>
            {
                var answer = await next(context);
                await FaultFilter.WaitIfSlowAsync(context.HttpContext);
                return answer;
            });

        api.MapPost("/mail/send", SendMail.HandleAsync).WithMetadata(new Operation(Providers.SendGrid, "sendMail"));
        api.MapFallback(() => SendGridError.Of(404, "not found"));
    }

    private static bool IsLetIn(HttpContext http, SandboxOptions options) =>
        options.SendGridKey.Length > 0
        && http.Request.Headers.Authorization.ToString() == $"Bearer {options.SendGridKey}";
}
