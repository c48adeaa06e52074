using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Takings;

public sealed class TakingsInTheBrowserTests : StaffFixture
{
    [TestCase("it-IT", false)]
    [TestCase("en-GB", true)]
    public async Task The_page_is_accessible_light_and_fits(string locale, bool isDark)
    {
        await FillAsync();
        var poster = $"/links/{(await Paylinks.Merchant.CreateLinkAsync()).Id}/poster";
        await using var desktop = await Browsers.OpenDesktopAsync(locale, dark: isDark);
        await using var phone = await Browsers.OpenPhoneAsync(locale, dark: isDark);
        foreach (var (width, window) in new[] { (1280, desktop), (390, phone), (360, phone) })
        {
            var name = $"{locale[..2]}-{(isDark ? "dark" : "light")}-{width}";
            await window.Page.SetViewportSizeAsync(width, 844);
            if (width != 360)
            {
                await SignInAsync(window);
            }

            var before = window.Sent.Count;
            await window.Page.GotoAsync(Paylinks.ApiUrl + "/takings");
            // The live stream is none of what is needed to see the page.
            Assert.That(window.Sent.Skip(before).Count(sent => !sent.Contains("/live", StringComparison.Ordinal)),
                Is.LessThanOrEqualTo(10), name);
            Assert.That(await BytesAsync(window.Page), Is.LessThan(60 * 1024), name);
            await window.Page.Locator("summary").First.ClickAsync();
            await window.KeepPictureAsync("takings-" + name);
            await window.ShouldBeAccessibleAsync("takings-" + name);
            await ShouldFitAsync(window, "takings-" + name);

            await window.Page.GotoAsync(Paylinks.ApiUrl + "/links?status=undelivered&by=paid");
            await window.KeepPictureAsync("links-filtered-" + name);
            await window.ShouldBeAccessibleAsync("links-filtered-" + name);
            await ShouldFitAsync(window, "links-filtered-" + name);

            await window.Page.GotoAsync(Paylinks.ApiUrl + poster);
            await window.KeepPictureAsync("poster-" + name);
            await window.ShouldBeAccessibleAsync("poster-" + name);
            await ShouldFitAsync(window, "poster-" + name);
        }
    }

    [Test]
    public async Task Without_JavaScript_the_numbers_are_in_the_table_and_lead_on()
    {
        await FillAsync();
        await using var window = await Browsers.OpenPhoneAsync("en-GB", javaScript: false);
        await SignInAsync(window);

        await window.Page.GetByText("Show as table").ClickAsync();
        var number = window.Page.Locator("tbody a").First;
        var sum = (await number.TextContentAsync())!.Split(' ')[0];
        await number.ClickAsync();

        await Assertions.Expect(window.Page.GetByText("In all: " + sum)).ToBeVisibleAsync();
        window.ShouldNotHaveComplained();
    }

    private static async Task ShouldFitAsync(BrowserWindow window, string name) => Assert.That(
        await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
        name + " is too wide");

    private static async Task<int> BytesAsync(IPage page) => await page.EvaluateAsync<int>(
        """
        [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .reduce((sum, entry) => sum + Math.max(entry.transferSize, entry.encodedBodySize), 0)
        """);

    private async Task FillAsync()
    {
        var bookings = new Bookings(Paylinks);
        var now = await Paylinks.Database.ReadAsync<DateTimeOffset>("select paylinks_now()");
        foreach (var day in new[] { 0, 1, 2, 5, 9, 14, 20, 28 })
        {
            await bookings.PaidAsync(now.AddDays(-day), 4990 * (1 + (day * 7 % 5)));
        }

        var paid = await bookings.PaidAsync(now, 123_456_78);
        await bookings.RefundAsync(paid, 990, now);
        await bookings.RefundAsync(paid, 500, at: null);
        await bookings.DisputeAsync(paid, 4990, now);
        var refused = await Paylinks.Merchant.CreateLinkAsync();
        await bookings.RefuseAsync(refused);
        await bookings.RefuseAsync(refused);
    }

    private async Task SignInAsync(BrowserWindow window)
    {
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", TestSystem.Owner.Email);
        await window.Page.FillAsync("#password", TestSystem.Owner.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.ArriveAtAsync(new Regex("/takings$"));
    }
}
