using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Account;

public sealed class AccountInTheBrowserTests : AccountFixture
{
    // Browsers make no passkeys for a numeric address.
    private string Console => $"http://localhost:{new Uri(Paylinks.ApiUrl).Port}";

    [Test]
    public async Task A_passkey_is_made_named_and_signs_in_without_a_word_being_typed()
    {
        var user = await HireAsync("owner", "chiave");
        await using var window = await Browsers.OpenDesktopAsync("en-GB");
        await AddAuthenticatorAsync(window);
        await SignInAsync(window, user);
        await window.Page.GotoAsync(Console + Account);
        await window.Page.FillAsync("#passkeyName", "Laptop at the till");
        await window.Page.FillAsync("#passkeyPassword", user.Password);
        await Button(window, "Add a passkey").ClickAsync();
        await window.ShouldBeAccessibleAsync("the page that makes a passkey");
        await Button(window, "Make the passkey").ClickAsync();
        await Seen(window.Page.GetByText("Passkey added.")).ToBeVisibleAsync();
        await Seen(window.Page.GetByText("Laptop at the till")).ToBeVisibleAsync();
        await Button(window, "Sign out").First.ClickAsync();

        await Button(window, "Sign in with a passkey").ClickAsync();

        await window.Page.ArriveAtAsync(new Regex("/takings$"));
        window.ShouldNotHaveComplained();
    }

    [Test]
    public async Task Whoever_calls_it_off_is_told_and_can_go_on()
    {
        await using var window = await Browsers.OpenPhoneAsync();
        var (device, id) = await AddAuthenticatorAsync(window);
        // Nobody is recognised by it.
        await device.SendAsync("WebAuthn.setUserVerified", new()
        {
            ["authenticatorId"] = id,
            ["isUserVerified"] = false,
        });
        await window.Page.GotoAsync(Console);

        await Button(window, "Accedi con una passkey").ClickAsync();

        await Seen(window.Page.GetByText("Il dispositivo non ha dato nessuna passkey.")).ToBeVisibleAsync();
        await SignInAsync(window, TestSystem.Owner);
    }

    [Test]
    public async Task Two_minutes_before_the_end_somebody_is_warned_and_stays()
    {
        var user = await HireAsync("manager", "attesa");
        await using var window = await Browsers.OpenDesktopAsync("en-GB");
        await window.Page.Clock.InstallAsync();
        await SignInAsync(window, user);
        await window.Page.GotoAsync(Console + "/settings/payments");
        await window.Page.CheckAsync("#afterExpiry-refund");
        await IdleAsync(user, minutes: 58.5);
        await window.Page.Clock.FastForwardAsync("57:00");
        var warning = window.Page.GetByText("Your session is about to end.");
        await Seen(warning).ToBeVisibleAsync();
        await window.ShouldBeAccessibleAsync("the warning");

        await Button(window, "Stay signed in").ClickAsync();
        await Seen(warning).ToBeHiddenAsync();
        await IdleAsync(user, minutes: 61);
        await window.Page.Clock.FastForwardAsync("58:00");
        await Seen(window.Page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await window.Page.RunAndWaitForResponseAsync(() => Button(window, "Save").ClickAsync(), "**/session");
        Assert.That(await window.Page.IsCheckedAsync("#afterExpiry-refund"), "nothing was sent, nothing is lost");

        var other = await window.Page.Context.NewPageAsync();
        await SignInAsync(other, user);
        await Button(window, "Save").ClickAsync();
        await Seen(window.Page.GetByText("Saved.")).ToBeVisibleAsync();
    }

    [TestCase("it-IT", false)]
    [TestCase("en-GB", true)]
    public async Task Every_page_of_an_account_is_accessible(string locale, bool isDark)
    {
        var user = await HireAsync("owner", "occhi-" + locale[..2]);
        using var elsewhere = await SignedInAsync(user);
        await using var window = await Browsers.OpenDesktopAsync(locale, dark: isDark);
        var look = $"{locale[..2]}-{(isDark ? "dark" : "light")}";
        await SignInAsync(window, user);
        await window.Page.GotoAsync(Console + Account);
        await SeeAsync("account");
        await window.Page.ClickAsync("form[action$='/account/password'] button");
        await SeeAsync("account-problem");
        await window.Page.GotoAsync(Console + Authenticator);
        await SeeAsync("authenticator");
        var app = new AuthenticatorApp(await window.Page.InnerTextAsync("strong.read-back"));
        await window.Page.FillAsync("#code", app.Code());
        await window.Page.FillAsync("#password", user.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Locator("#codes").WaitForAsync();
        await SeeAsync("recovery-codes");
        await window.Page.GotoAsync(Console + Authenticator);
        await SeeAsync("authenticator-on");
        await window.Page.ClickAsync("form[action='/sign-out'] button");
        await window.Page.FillAsync("#email", user.Email);
        await window.Page.FillAsync("#password", user.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await Seen(window.Page.Locator("#code")).ToBeFocusedAsync();
        await SeeAsync("code");
        await window.Page.FillAsync("#code", app.Code(1));
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.ArriveAtAsync(new Regex("/takings$"));

        async Task SeeAsync(string what)
        {
            foreach (var width in Screens.Widths(isDark))
            {
                await window.Page.SetViewportSizeAsync(width, 900);
                await window.KeepPictureAsync($"account-{what}-{look}-{width}");
                await window.ShouldBeAccessibleAsync($"{what}-{look}-{width}");
                Assert.That(
                    await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                    $"{what} is too wide at {width}");
            }
        }
    }

    private static ILocatorAssertions Seen(ILocator locator) => Assertions.Expect(locator);

    private static ILocator Button(BrowserWindow window, string name) =>
        window.Page.GetByRole(AriaRole.Button, new() { Name = name });

    private Task SignInAsync(BrowserWindow window, User user) => SignInAsync(window.Page, user);

    private async Task SignInAsync(IPage page, User user)
    {
        await page.GotoAsync(Console);
        await page.FillAsync("#email", user.Email);
        await page.FillAsync("#password", user.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAtAsync(new Regex("/(takings|desk)$"));
    }

    // A device built into the browser that holds passkeys and recognises its owner.
    private static async Task<(ICDPSession Device, string Id)> AddAuthenticatorAsync(BrowserWindow window)
    {
        var device = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await device.SendAsync("WebAuthn.enable");
        var added = await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return (device, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private Task<int> IdleAsync(User user, double minutes) => Paylinks.Database.ExecuteAsync(
        """
        update session set seen_at = now() - make_interval(secs => @seconds)
        where user_id = (select id from app_user where email = @Email)
        """,
        new { user.Email, seconds = minutes * 60 });
}
