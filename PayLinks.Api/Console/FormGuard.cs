using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace PayLinks.Api.Console;

/// <summary>
/// Lets a form through only when it came from a page of ours. Our referrer policy makes browsers send a null
/// <c>Origin</c> even then, so they are judged by <c>Sec-Fetch-Site</c>, and everybody by the antiforgery field.
/// </summary>
internal sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    private const long FormBytesMax = 64 * 1024;

    public static RequestSizeLimitAttribute SizeLimit { get; } = new(FormBytesMax);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && !(IsFromHere(http.Request) && await HasFieldAsync(http)))
        {
            var page = await ConsolePage.BindAsync(http);
            return page.Notice(page.Words.FormExpired, StatusCodes.Status403Forbidden);
        }

        return await next(context);
    }

    private static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers.Origin.ToString();
        return origin is "" or "null"
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private async Task<bool> HasFieldAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return false;
        }

        try
        {
            await antiforgery.ValidateRequestAsync(context);
            return true;
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }
}
