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
        // The token of a link stands in the address.
        new("Referrer-Policy", "no-referrer"),
        new("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=()"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Cache-Control", "no-store"),
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
        foreach (var header in Always)
        {
            headers.TryAdd(header.Key, header.Value);
        }

        return Task.CompletedTask;
    }

    private static Task AddWithHsts(object state)
    {
        ((HttpResponse)state).Headers.StrictTransportSecurity = "max-age=31536000";
        return Add(state);
    }
}
