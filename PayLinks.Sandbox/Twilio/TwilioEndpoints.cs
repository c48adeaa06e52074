using PayLinks.Sandbox.Control;

namespace PayLinks.Sandbox.Twilio;

internal static class TwilioEndpoints
{
    public static void MapTwilio(this WebApplication app)
    {
        var services = app.Services;
        var api = app.MapGroup("/2010-04-01/Accounts/{account}")
            .AddEndpointFilter(new AccountFilter(services.GetRequiredService<SandboxOptions>()))
            .AddEndpointFilter(new FaultFilter(services.GetRequiredService<Faults>(), TwilioError.Outage))
            .AddEndpointFilter(SlowDownAsync);

        api.MapPost("/Messages.json", CreateMessage.HandleAsync).Is("createMessage");
        api.MapGet("/Messages.json", ListMessages.Handle).Is("listMessages");
        api.MapGet("/Messages/{sid}.json", OneMessage.Get).Is("getMessage");
        api.MapPost("/Messages/{sid}.json", OneMessage.UpdateAsync).Is("updateMessage");
        api.MapDelete("/Messages/{sid}.json", OneMessage.Delete).Is("deleteMessage");
        api.MapFallback(TwilioError.NotFound);
    }

    private static void Is(this RouteHandlerBuilder endpoint, string operation) =>
        endpoint.WithMetadata(new Operation(Providers.Twilio, operation));

    private static async ValueTask<object?> SlowDownAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        await FaultFilter.WaitIfSlowAsync(context.HttpContext);
        return answer;
    }
}
