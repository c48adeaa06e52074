using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PayLinks.Tests.Infrastructure;

/// <summary>
/// Waits for pages. Playwright's own waits overlook what comes between their look and their wait.
/// </summary>
public static class Arriving
{
    private const int LookMilliseconds = 3_000;

    extension(IPage page)
    {
        /// <param name="url">May hold <c>*</c> for a part of the path and <c>**</c> for anything.</param>
        public Task ArriveAtAsync(string url) => page.ArriveAtAsync(new Regex(
            $"^{Regex.Escape(url).Replace(@"\*\*", ".*", StringComparison.Ordinal)
                .Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"));

        public async Task ArriveAtAsync(Regex url)
        {
            await Assertions.Expect(page).ToHaveURLAsync(url, new() { Timeout = BrowserWindow.PatienceMilliseconds });
            for (var look = 1; ; look++)
            {
                try
                {
                    await page.WaitForLoadStateAsync(LoadState.Load, new() { Timeout = LookMilliseconds });
                    return;
                }
                catch (TimeoutException) when (look < BrowserWindow.PatienceMilliseconds / LookMilliseconds)
                {
                    // If it has been overlooked, the next look finds it.
                }
            }
        }
    }
}
