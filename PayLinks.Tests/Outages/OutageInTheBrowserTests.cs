using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Outages;

public sealed class OutageInTheBrowserTests : StaffFixture
{
    private const string Banner = "Gli SMS arrivano in ritardo: manda una email.";

    // Five seconds on a machine of its own.
    private const float Patience = 30_000;

    protected override Hosts Running => Hosts.All;

    protected override IReadOnlyDictionary<string, string> Settings => TestSystem.WideOpen;

    [Test]
    public async Task Desk_and_form_say_it_by_themselves_and_take_it_back()
    {
        await using var desk = await Browsers.OpenDesktopAsync();
        await using var phone = await Browsers.OpenPhoneAsync();
        await using var form = await Browsers.OpenDesktopAsync();
        foreach (var (window, path) in new[] { (desk, "/desk"), (phone, "/desk"), (form, "/links/new") })
        {
            await SignInAsync(window, path);
        }

        await form.Page.FillAsync("#description", "half typed");
        await Paylinks.Sandbox.FailAsync("twilio", "*", "503", count: 1_000_000);
        await desk.Page.FillAsync("#phone", "347 123 4567");
        await desk.Page.FillAsync("#amount", "49,90");
        await desk.Page.Locator(":focus").PressAsync("Control+Enter");

        foreach (var (name, window) in new[] { ("desk-1280", desk), ("desk-390", phone), ("new-1280", form) })
        {
            await Seen(window).ToContainTextAsync(Banner, new() { Timeout = Patience });
            await window.KeepPictureAsync("outage-" + name);
            await window.ShouldBeAccessibleAsync("outage-" + name);
        }

        await Seen(desk, "article .say").ToContainTextAsync("PayLinks", new() { Timeout = Patience });
        await desk.KeepPictureAsync("outage-card-1280");
        await Paylinks.Sandbox.FailAsync("twilio", "*", "none");
        foreach (var window in new[] { desk, phone, form })
        {
            await Seen(window).ToBeEmptyAsync(new() { Timeout = Patience });
        }

        Assert.That(await form.Page.InputValueAsync("#description"), Is.EqualTo("half typed"));
        await Seen(desk, "article .say").ToContainTextAsync("Arrivato.", new() { Timeout = Patience });
    }

    private static ILocatorAssertions Seen(BrowserWindow window, string what = "#outages") =>
        Assertions.Expect(window.Page.Locator(what).First);

    private async Task SignInAsync(BrowserWindow window, string path)
    {
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", TestSystem.Agent.Email);
        await window.Page.FillAsync("#password", TestSystem.Agent.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.ArriveAtAsync(new Regex("/desk$"));
        await window.Page.GotoAsync(Paylinks.ApiUrl + path);
    }
}
