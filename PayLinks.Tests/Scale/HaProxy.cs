using System.Diagnostics;
using System.Globalization;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Scale;

/// <summary>What the proxy says of one of the servers behind it.</summary>
internal sealed record Served(string Server, bool IsUp, long Requests);

/// <summary>The distribution's HAProxy in front of several APIs, set up as docs/scale.md tells.</summary>
internal sealed class HaProxy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("paylinks-proxy");
    private readonly Process _process;
    private readonly HttpClient _statistics;

    /// <param name="port">Where customers come.</param>
    /// <param name="apis">By name, where they are sent.</param>
    public HaProxy(int port, IReadOnlyList<(string Name, Uri Url)> apis)
    {
        var ours = Ports.Next();
        var file = Path.Combine(_folder.FullName, "haproxy.cfg");
        File.WriteAllText(file, Configuration(port, ours, apis));
        _process = Process.Start("haproxy", ["-q", "-db", "-f", file]);
        _statistics = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ours}") };
    }

    public async Task<IReadOnlyList<Served>> ReadAsync()
    {
        string[] lines;
        try
        {
            lines = (await _statistics.GetStringAsync("/;csv")).Split('\n');
        }
        catch (HttpRequestException)
        {
            return []; // It has only just been started.
        }

        var columns = lines[0].TrimStart('#', ' ').Split(',').ToList();
        var (group, server) = (columns.IndexOf("pxname"), columns.IndexOf("svname"));
        var (status, requests) = (columns.IndexOf("status"), columns.IndexOf("stot"));
        return
        [
            .. lines.Skip(1).Select(line => line.Split(','))
                .Where(cells => cells[group] == "apis" && cells[server] != "BACKEND")
                .Select(cells => new Served(
                    cells[server], cells[status] == "UP", long.Parse(cells[requests], CultureInfo.InvariantCulture))),
        ];
    }

    public Task AwaitAsync(string server, bool isUp) => Eventually.SeesAsync(
        ReadAsync, servers => servers.Any(seen => seen.Server == server && seen.IsUp == isUp),
        $"the proxy takes {server} {(isUp ? "in" : "out")}", TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _statistics.Dispose();
        _folder.Delete(recursive: true);
    }

    // A request goes to another server only if it never reached the first: what has no key must not be done twice.
    private static string Configuration(int port, int ours, IReadOnlyList<(string Name, Uri Url)> apis) =>
        $"""
        global
            maxconn 4000
        defaults
            mode http
            timeout connect 2s
            timeout client 60s
            timeout server 60s
            retries 3
            retry-on conn-failure
            option redispatch 1
            option forwardfor
        frontend customers
            bind 127.0.0.1:{port}
            default_backend apis
        backend apis
            balance roundrobin
            option httpchk GET /healthz
            default-server check inter 500ms fall 2 rise 1
        {string.Join('\n', apis.Select(api => $"    server {api.Name} {api.Url.Authority}"))}
        frontend statistics
            bind 127.0.0.1:{ours}
            stats enable
            stats uri /

        """;
}
