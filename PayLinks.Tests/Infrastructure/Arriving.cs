using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PayLinks.Tests.Infrastructure;

/// <summary>
/// Waits for pages. Playwright's own WaitForURLAsync overlooks one that comes between its look and its wait.
/// </summary>
public static class Arriving
{
    extension(IPage page)
    {
        /// <param name="url">May hold <c>*</c> for a part of the path and <c>**</c> for anything.</param>
        public Task ArriveAtAsync(string url) => page.ArriveAtAsync(new Regex(
            $"^{Regex.Escape(url).Replace(@"\*\*", ".*", StringComparison.Ordinal)
                .Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"));

        public async Task ArriveAtAsync(Regex url)
        {
            await Assertions.Expect(page).ToHaveURLAsync(url, new() { Timeout = BrowserWindow.PatienceMilliseconds });
            await page.WaitForLoadStateAsync();
        }
    }
}
