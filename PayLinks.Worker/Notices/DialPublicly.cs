using System.Net;
using System.Net.Sockets;
using PayLinks.Core.Notices;

namespace PayLinks.Worker.Notices;

/// <summary>The name of an endpoint leads, by now or in part, to an address that we do not post to.</summary>
internal sealed class BlockedAddressException(string host)
    : IOException($"{host} leads to an address that notices are not posted to.");

/// <summary>Asks what a host name means.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken);

/// <summary>
/// Connects to endpoints. What counts is the address that is dialled: the name is asked here, once, and the connection
/// goes to what was looked at.
/// </summary>
internal sealed class DialPublicly(NoticeAddresses allowed, Resolve resolve)
{
    /// <exception cref="BlockedAddressException">One of the name's addresses is not public.</exception>
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await resolve(host, cancellationToken);
        // A name that leads to us among others is no less suspect than one that leads to us alone.
        if (addresses.Length == 0 || !addresses.All(allowed.Allows))
        {
            throw new BlockedAddressException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
