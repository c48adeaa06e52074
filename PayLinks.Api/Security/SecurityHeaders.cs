using Microsoft.Extensions.Primitives;
using PayLinks.Core.Hosting;

namespace PayLinks.Api.Security;

/// <summary>
/// Puts the protective headers on every answer, errors included. A handler that sets one of them itself keeps its own
/// value: that is how the assets become cacheable and how the pay page lets the payment provider's script in.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, PayLinksOptions options)
{
    private static readonly KeyValuePair<string, StringValues>[] Always =
    [
        new("Content-Security-Policy", ContentPolicy.Strict),
        new("X-Content-Type-Options", "nosniff"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Cache-Control", "no-store"),
    ];

    // A file that loads nothing has no use for them, and a page fetches four such files over a phone's network.
    private static readonly KeyValuePair<string, StringValues>[] UnlessItLoadsNothing =
    [
        // The token of a link stands in the address.
        new("Referrer-Policy", "no-referrer"),
        new("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=()"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("X-Robots-Tag", "noindex"),
    ];

    private readonly bool _isHttps = options.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        // When the answer starts, because an error handler clears what was set before.
        context.Response.OnStarting(_isHttps ? AddWithHsts : Add, context.Response);
        return next(context);
    }

    private static Task Add(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        AddTo(headers, Always);
        if (headers.ContentSecurityPolicy != ContentPolicy.Nothing)
        {
            AddTo(headers, UnlessItLoadsNothing);
        }

        return Task.CompletedTask;
    }

    private static void AddTo(IHeaderDictionary headers, KeyValuePair<string, StringValues>[] more)
    {
        foreach (var header in more)
        {
            headers.TryAdd(header.Key, header.Value);
        }
    }

    private static Task AddWithHsts(object state)
    {
        ((HttpResponse)state).Headers.StrictTransportSecurity = "max-age=31536000";
        return Add(state);
    }
}
