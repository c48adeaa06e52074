using System.Net;

namespace PayLinks.Sandbox;

/// <summary>The sandbox speaks to this machine alone: its control interface asks nobody who they are.</summary>
internal static class Loopback
{
    /// <summary>The addresses to listen on, each checked.</summary>
    /// <exception cref="InvalidOperationException">One of them can be reached from other machines.</exception>
    public static string[] Only(string urls)
    {
        var all = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in all)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsLoopback(address.Host))
            {
                throw new InvalidOperationException($"The sandbox listens on loopback only, not on {url}.");
            }
        }

        return all;
    }

    private static bool IsLoopback(string host) => host == "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
