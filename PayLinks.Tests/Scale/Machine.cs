using PayLinks.Tests.Torture;

namespace PayLinks.Tests.Scale;

/// <summary>One host of several, as if on a machine of its own.</summary>
/// <param name="Url">Where an API takes requests; where a worker is asked for its health.</param>
/// <param name="Health">Where it says whether it is ready.</param>
internal sealed record Machine(string Name, Supervised Host, Uri Url, Uri Health) : IAsyncDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public Task AwaitReadyAsync() => Eventually.IsTrueAsync(
        async () =>
        {
            try
            {
                using var answer = await Http.GetAsync(Health);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        },
        $"{Name} is ready", Within);

    /// <summary>Tells it to stop, as systemd does; completes when another process has taken its place.</summary>
    public async Task StopAsync()
    {
        var before = Host.Running;
        await Host.SignalAsync("TERM");
        await Eventually.IsTrueAsync(() => Task.FromResult(Host.Running != before), $"{Name} stops", Within);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
