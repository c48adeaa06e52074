using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PayLinks.Api.Docs;

/// <summary>What holds for the API as a whole.</summary>
internal static class DescribeApi
{
    private const string Bearer = "apiKey";

    public static Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PayLinks",
            Version = "1",
            Description =
                "Payment links by SMS and email. Amounts are text with exactly the currency's decimals; times are RFC "
                + "3339 in UTC. Refusals are RFC 9457 problems; branch on `code`. Every POST may carry an "
                + "`Idempotency-Key`: repeated within 30 days, it gets the first answer again.",
        };
        // The description is the same wherever it is served from.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key: plk_test_… for test links, plk_live_… for live ones.",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
        ];
        return Task.CompletedTask;
    }
}
