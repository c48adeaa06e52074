using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PayLinks.Core.Notices;

/// <summary>
/// Where notices may be posted: https, on the usual ports, to public addresses. Asked when an endpoint is made, and for
/// each connection about the address that is dialled, because a name may lead elsewhere by then.
/// </summary>
public sealed class NoticeAddresses
{
    private const int LengthMax = 2048;
    private const int HttpsPort = 443;
    private const int OtherPort = 8443;

    // Names that only closed networks know, whatever they lead to.
    private static readonly string[] ClosedNames =
    [
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "onion",
    ];

    /// <summary>
    /// For development: networks like <c>127.0.0.0/8</c> to which notices may go all the same, over http and on any
    /// port. Refused in production.
    /// </summary>
    public string[] AllowAddresses { get; set; } = [];

    private IEnumerable<IPNetwork> Allowed => AllowAddresses.Select(IPNetwork.Parse);

    /// <summary>Whether this is an address to post to, as far as its name can tell.</summary>
    public bool Allows(string? url)
    {
        // Other parsers read a backslash, a control or a letter of another width differently than this one.
        if (url is null || url.Length > LengthMax || url.Any(letter => letter is <= ' ' or > '~' or '\\' or '#' or '"'))
        {
            return false;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri.UserInfo.Length == 0
            && IsPlain(url, uri)
            && (IsForDevelopment(uri) || IsForEverybody(uri));
    }

    /// <summary>Whether a connection may be made to this address.</summary>
    public bool Allows(IPAddress address) =>
        (PublicAddress.IsPublic(address) && !PublicAddress.IsOurs(address)) || IsAllowed(address);

    private bool IsAllowed(IPAddress address) => Allowed.Any(network =>
        network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private bool IsForDevelopment(Uri uri) =>
        uri.Scheme is "http" or "https"
        && (IPAddress.TryParse(uri.DnsSafeHost, out var address)
            ? IsAllowed(address)
            : uri.Host == "localhost" && IsAllowed(IPAddress.Loopback));

    private static bool IsForEverybody(Uri uri) =>
        uri.Scheme == "https"
        && uri.Port is HttpsPort or OtherPort
        && (IPAddress.TryParse(uri.DnsSafeHost, out var address)
            ? PublicAddress.IsPublic(address)
            : IsPublicName(uri.Host));

    // A number that is not written as four decimals, an escaped or a zoned one: whoever writes so wants to be misread.
    private static bool IsPlain(string url, Uri uri)
    {
        var start = uri.Scheme + "://";
        if (!url.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var host = url[start.Length..].Split('/', '?')[0];
        return string.Equals(host, uri.Host, StringComparison.OrdinalIgnoreCase)
            || string.Equals(
                host, string.Create(CultureInfo.InvariantCulture, $"{uri.Host}:{uri.Port}"),
                StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsPublicName(string name)
    {
        var labels = name.Split('.');
        return name.Length <= 253
            && labels.Length > 1
            && labels.All(label => label.Length is > 0 and <= 63
                && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            && char.IsAsciiLetter(labels[^1][0])
            && !ClosedNames.Contains(labels[^1], StringComparer.OrdinalIgnoreCase);
    }
}

public static class NoticeAddressSettings
{
    /// <summary>Registers where notices may go: section <c>Notices</c>, checked at start.</summary>
    public static IServiceCollection AddNoticeAddresses(this IServiceCollection services)
    {
        services.AddOptions<NoticeAddresses>().BindConfiguration("Notices")
            .Validate(
                addresses => addresses.AllowAddresses.All(text => IPNetwork.TryParse(text, out _)),
                "Notices:AllowAddresses holds networks like 127.0.0.0/8.")
            .Validate<IHostEnvironment>(
                (addresses, host) => addresses.AllowAddresses.Length == 0 || !host.IsProduction(),
                "Notices:AllowAddresses is for development: in production notices go to public addresses only.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<NoticeAddresses>>().Value);
        return services;
    }
}
