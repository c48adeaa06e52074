using System.Net;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PayLinks.Api.Security;

internal static class SecurityEndpoints
{
    /// <summary>The field of every form of ours that changes something.</summary>
    public const string AntiforgeryField = "antiforgery";

    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.Configure<CookiePolicyOptions>(cookies =>
        {
            cookies.Secure = CookieSecurePolicy.Always;
            cookies.HttpOnly = HttpOnlyPolicy.Always;
            cookies.MinimumSameSitePolicy = SameSiteMode.Lax;
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.FormFieldName = AntiforgeryField;
            antiforgery.Cookie.Name = "__Host-paylinks-form";
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            // On loopback, without TLS, antiforgery would refuse to work for a cookie that it marks as secure itself;
            // the cookie policy marks it, and browsers take loopback for secure.
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.None;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<ForwardedHeadersOptions>(
            forwarded => TrustProxies(forwarded, configuration["TrustedProxies"] ?? ""));
        return services;
    }

    /// <summary>
    /// Goes first in the pipeline: headers for every answer, the caller's true address, strict cookies.
    /// </summary>
    public static IApplicationBuilder UseSecurity(this IApplicationBuilder app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseCookiePolicy();
        return app;
    }

    // Only a proxy named in the configuration may say on whose behalf it calls: addresses or networks, separated by
    // commas.
    private static void TrustProxies(ForwardedHeadersOptions forwarded, string proxies)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        const StringSplitOptions clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var proxy in proxies.Split(',', clean))
        {
            if (proxy.Contains('/', StringComparison.Ordinal))
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
            else
            {
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        }

        // Without a trusted proxy nobody's word is taken; with an empty list the middleware would take everybody's.
        forwarded.ForwardedHeaders = forwarded.KnownIPNetworks.Count + forwarded.KnownProxies.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }
}
