namespace PayLinks.Bench;

internal static class Answering
{
    /// <summary>Waits until a program that was just started answers.</summary>
    /// <exception cref="TimeoutException">It never does.</exception>
    public static async Task AwaitAsync(HttpClient http, string path, TimeSpan patience)
    {
        using var over = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync(path, over.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is still starting.
            }

            await timer.WaitForNextTickAsync();
        }

        throw new TimeoutException($"{http.BaseAddress} did not answer within {patience.TotalSeconds:0} s.");
    }
}
