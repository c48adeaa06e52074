using PayLinks.Api.Idempotency;

namespace PayLinks.Api.V1;

internal static class V1Endpoints
{
    public static IServiceCollection AddV1(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AnswerOnce>();
        services.AddSingleton<Cursors>();
        return services;
    }

    /// <summary>Asks for the API key wherever an endpoint needs one.</summary>
    public static IApplicationBuilder UseApiKeys(this IApplicationBuilder app) => app.UseMiddleware<ApiKeyGate>();

    public static IEndpointRouteBuilder MapV1(this IEndpointRouteBuilder app)
    {
        var links = app.MapGroup("/v1/links");
        var read = new NeedsScope(Scopes.LinksRead);
        var write = new NeedsScope(Scopes.LinksWrite);

        links.MapPost("", PostLink.HandleAsync).WithMetadata(write);
        links.MapGet("", GetLinks.HandleAsync).WithMetadata(read);
        links.MapGet("/{id}", LinkGets.OneAsync).WithMetadata(read);
        links.MapPost("/{id}/messages", LinkPosts.SendAsync).WithMetadata(write);
        links.MapPost("/{id}/cancel", LinkPosts.CancelAsync).WithMetadata(write);
        links.MapPost("/{id}/extend", LinkPosts.ExtendAsync).WithMetadata(write);
        links.MapGet("/{id}/events", LinkGets.EventsAsync).WithMetadata(read);
        links.MapGet("/{id}/qr.svg", LinkGets.QrSvgAsync).WithMetadata(read);
        links.MapGet("/{id}/qr.png", LinkGets.QrPngAsync).WithMetadata(read);
        return app;
    }
}
