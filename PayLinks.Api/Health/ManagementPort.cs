using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PayLinks.Api.Health;

/// <summary>
/// The second listener, on loopback, for whoever runs the installation. Which listener a request came by is known from
/// its connection, never from what the request says.
/// </summary>
internal static class ManagementPort
{
    private const int BodyMax = 64 * 1024;
    private const int HeadersMax = 16 * 1024;
    private const int HeaderCountMax = 64;

    /// <summary>Listens where <c>Urls</c> says (first) and on <c>ManagementPort</c> (by default a free one).</summary>
    public static void ConfigureListeners(this WebApplicationBuilder builder)
    {
        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? "http://127.0.0.1:5080";
        var management = builder.Configuration.GetValue("ManagementPort", 0);
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeadersMax;
            kestrel.Limits.MaxRequestHeaderCount = HeaderCountMax;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Listen(kestrel, BindingAddress.Parse(url));
            }

            kestrel.Listen(IPAddress.Loopback, management, listener => listener.Use(next => connection =>
            {
                connection.Features.Set(new ManagementConnection());
                return next(connection);
            }));
        });
    }

    public static bool IsManagement(HttpContext context) => context.Features.Get<ManagementConnection>() is not null;

    private static void Listen(KestrelServerOptions kestrel, BindingAddress address)
    {
        void Configure(ListenOptions listener)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listener.UseHttps();
            }
        }

        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
    }

    private sealed class ManagementConnection;
}
