using System.Net;
using System.Net.Sockets;

namespace PayLinks.Tests.Infrastructure;

/// <summary>
/// Ports for hosts that must know each other's address before they start. They lie below those that the system gives to
/// outgoing connections, so nothing takes one between choosing and listening but another test process that drew the
/// same number.
/// </summary>
public static class Ports
{
    private static readonly HashSet<int> Taken = [];

    public static int Next()
    {
        lock (Taken)
        {
            while (true)
            {
                var port = Random.Shared.Next(12_000, 32_000);
                if (Taken.Add(port) && IsFree(port))
                {
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
