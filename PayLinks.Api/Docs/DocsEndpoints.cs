using System.Text.Json.Serialization;

namespace PayLinks.Api.Docs;

/// <summary>
/// The API described for programs (<c>/openapi/v1.json</c>) and for people who want to try it (<c>/docs</c>).
/// </summary>
internal static class DocsEndpoints
{
    private const string Document = "v1";

    // Swagger UI styles its elements in place; script stays ours alone.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddDocs(this IServiceCollection services)
    {
        // Else every number would be described as perhaps a text.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = operation =>
                operation.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer(DescribeApi.TransformAsync);
            options.AddOperationTransformer(DescribeOperations.TransformAsync);
            options.AddSchemaTransformer(DescribeSchemas.TransformAsync);
        });
        return services;
    }

    public static IApplicationBuilder UseDocs(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase))
            {
                context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            }

            return next(context);
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "PayLinks API";
            page.SwaggerEndpoint($"/openapi/{Document}.json", "PayLinks");
        });
        return app;
    }

    public static IEndpointRouteBuilder MapDocs(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi();
        return app;
    }
}
