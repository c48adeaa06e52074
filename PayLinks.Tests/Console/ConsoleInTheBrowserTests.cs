using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Core;
using PayLinks.Tests.Batches;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

public sealed class ConsoleInTheBrowserTests : StaffFixture
{
    protected override Hosts Running => Hosts.All;

    [Test]
    public async Task A_merchant_makes_a_link_by_keyboard_and_sees_it_arrive()
    {
        await using var window = await Browsers.OpenDesktopAsync();
        await SignInAsync(window, TestSystem.Owner);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/links/new");

        await window.Page.Keyboard.TypeAsync("49,90");
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.TypeAsync("Ordine 1042: trapano");
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.TypeAsync("347 123 4567");
        await window.Page.Locator(":focus").PressAsync("Control+Enter");

        await window.Page.ArriveAtAsync(new Regex("/links/pl_"));
        await Seen(window.Page.GetByText("SMS arrivato")).ToBeVisibleAsync();
        window.ShouldNotHaveComplained();
        var sms = (await Paylinks.Sandbox.MessagesAsync()).Single(
            message => message.Text.Contains("1042", StringComparison.Ordinal));
        Assert.That(sms.Text, Does.Contain(await window.Page.Locator("#url").InputValueAsync()));
    }

    [Test]
    public async Task Without_JavaScript_a_link_is_made_shown_extended_and_canceled()
    {
        await using var window = await Browsers.OpenPhoneAsync("en-GB", javaScript: false);
        await SignInAsync(window, TestSystem.Owner);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "New payment" }).ClickAsync();
        await window.Page.FillAsync("#amount", "12.50");
        await window.Page.FillAsync("#description", "No scripts");
        await window.Page.GetByLabel("Link and QR only").CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();

        await Seen(window.Page.GetByText("Link ready")).ToBeVisibleAsync();
        await window.Page.GetByText("QR code", new() { Exact = true }).ClickAsync();
        await Seen(window.Page.GetByAltText("QR code that opens the link")).ToBeVisibleAsync();
        await window.Page.SelectOptionAsync("#expiresIn", "P30D");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await Seen(window.Page.GetByText("Extended by owner")).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel request" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" }).ClickAsync();
        await Seen(window.Page.GetByText("Cancelled by owner")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Problems_take_the_focus_and_lead_to_their_fields()
    {
        await using var window = await Browsers.OpenDesktopAsync("en-GB");
        await SignInAsync(window, TestSystem.Owner);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/links/new");
        await window.Page.Locator(":focus").PressAsync("Control+Enter");

        await Seen(window.Page.Locator(".problem")).ToBeFocusedAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Enter the amount" }).ClickAsync();
        await Seen(window.Page.Locator("#amount")).ToBeFocusedAsync();
        await window.ShouldBeAccessibleAsync("the form with problems");
    }

    [Test]
    public async Task Ten_tabs_of_one_browser_all_hear_the_news()
    {
        await using var window = await Browsers.OpenDesktopAsync();
        await SignInAsync(window, TestSystem.Owner);
        var link = await Paylinks.Merchant.CreateLinkAsync();
        var tabs = new List<IPage>();
        for (var i = 0; i < 10; i++)
        {
            var tab = await window.Page.Context.NewPageAsync();
            await tab.GotoAsync($"{Paylinks.ApiUrl}/links/{link.Id}");
            tabs.Add(tab);
        }

        // The tab that listens for all goes first, and another takes over.
        await window.Page.CloseAsync();
        await tabs[0].CloseAsync();
        await Paylinks.Merchant.CancelAsync(link.Id);

        foreach (var tab in tabs.Skip(1))
        {
            await Seen(tab.Locator("h1 .badge")).ToHaveTextAsync("Annullato");
        }
    }

    [Test]
    public async Task Signing_out_in_one_tab_is_told_in_the_other_which_keeps_what_was_typed()
    {
        await using var window = await Browsers.OpenDesktopAsync();
        await SignInAsync(window, await HireAsync("agent", "uscita"));
        await window.Page.FillAsync("#reference", "half typed");
        var other = await window.Page.Context.NewPageAsync();
        await other.GotoAsync(Paylinks.ApiUrl + "/links");

        await other.GetByRole(AriaRole.Button, new() { Name = "Esci" }).ClickAsync();

        await Seen(window.Page.Locator("#live-status")).ToContainTextAsync("La sessione è finita.");
        Assert.That(await window.Page.InputValueAsync("#reference"), Is.EqualTo("half typed"));
    }

    [TestCase("it-IT", false)]
    [TestCase("en-GB", true)]
    public async Task Every_page_is_accessible_and_light(string locale, bool isDark)
    {
        var link = await Paylinks.Merchant.CreateLinkAsync("sms", "email");
        var canceled = await Paylinks.Merchant.CancelAsync((await Paylinks.Merchant.CreateLinkAsync()).Id);
        var asked = await Paylinks.Merchant.CreateLinkAsync();
        await Paylinks.Database.ExecuteAsync(
            """
            update link set created_at = created_at - interval '9 days', expires_at = created_at - interval '1 day'
            where id = @id
            """,
            new { id = PublicId.TryParse(PublicId.Link, asked.Id, out var askedId) ? askedId : default });
        using (var customer = Paylinks.NewCustomer())
        {
            await customer.SubmitAsync(await customer.OpenAsync(asked.Url), "/ask");
        }

        using var owner = await SignedInAsync(TestSystem.Owner);
        var batch = await owner.CheckAsync(
            "Importo;Per cosa;Telefono;Note\n49,90;Trapano;347 123 4567;\nmolto;Un fisso;06 6982 1234;\n5;;;\n");
        (string Name, string Path)[] pages =
        [
            ("links", "/links"), ("links-none", "/links?q=nothing"), ("new", "/links/new"),
            ("link", $"/links/{link.Id}"), ("link-canceled", $"/links/{canceled.Id}"),
            ("cancel", $"/links/{link.Id}/cancel"), ("not-found", "/links/pl_none"), ("desk", "/desk"),
            ("settings", "/settings"), ("late-money", "/settings/payments"), ("webhooks", "/settings/webhooks"),
            ("sending", "/settings/sending"), ("brand", "/settings/brand"), ("link-asked", $"/links/{asked.Id}"),
            ("batches", BatchForm.Path), ("batch", batch.Url.AbsolutePath),
        ];
        await using var desktop = await Browsers.OpenDesktopAsync(locale, dark: isDark);
        await using var phone = await Browsers.OpenPhoneAsync(locale, dark: isDark);
        foreach (var width in Screens.Widths(isDark))
        {
            var window = width == 390 ? phone : desktop;
            var look = $"{locale[..2]}-{(isDark ? "dark" : "light")}-{width}";
            await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
            await window.ShouldBeAccessibleAsync("sign-in-" + look);
            await SignInAsync(window, TestSystem.Owner);
            foreach (var (name, path) in pages)
            {
                var picture = $"console-{name}-{look}";
                await window.Page.GotoAsync(Paylinks.ApiUrl + path);
                await window.KeepPictureAsync(picture);
                await window.ShouldBeAccessibleAsync(picture);
                Assert.That(
                    await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                    picture + " is too wide");
                Assert.That(await BytesAsync(window.Page), Is.LessThan(60 * 1024), picture);
            }
        }
    }

    [TestCase("it-IT", 390, false)]
    [TestCase("en-GB", 1280, true)]
    public async Task Every_page_of_an_owner_is_accessible_and_light(string locale, int width, bool isDark)
    {
        await using var window = await (width == 390
            ? Browsers.OpenPhoneAsync(locale, dark: isDark)
            : Browsers.OpenDesktopAsync(locale, dark: isDark));
        await SignInAsync(window, TestSystem.Owner);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/settings/team");
        await window.Page.FillAsync("#name", "Bruna Conti");
        await window.Page.FillAsync("#email", $"bruna.{locale}@example.test");
        await window.Page.Locator("main form .primary").ClickAsync();
        var invitation = await window.Page.Locator("#invitation").InputValueAsync();
        await LookAsync("invited");
        var agent = PublicId.Format(PublicId.User, await Paylinks.Database.ReadAsync<Guid>(
            "select user_id from membership where display_name = 'agent'"));
        foreach (var (name, path) in new[]
        {
            ("team", "/settings/team"), ("person", "/settings/team/" + agent), ("api-keys", "/settings/api-keys"),
            ("mollie", "/settings/mollie"), ("link-defaults", "/settings/links"), ("log", "/settings/log"),
        })
        {
            await window.Page.GotoAsync(Paylinks.ApiUrl + path);
            await LookAsync(name);
        }

        await window.Page.Context.ClearCookiesAsync();
        await window.Page.GotoAsync(invitation);
        await LookAsync("invitation");

        async Task LookAsync(string name)
        {
            var picture = $"owner-{name}-{locale[..2]}-{width}";
            await window.KeepPictureAsync(picture);
            await window.ShouldBeAccessibleAsync(picture);
            Assert.That(
                await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                picture + " is too wide");
            Assert.That(await BytesAsync(window.Page), Is.LessThan(60 * 1024), picture);
        }
    }

    private static ILocatorAssertions Seen(ILocator locator) => Assertions.Expect(locator);

    // Over the wire, headers included, with nothing from the cache: the document and what it names.
    private static async Task<int> BytesAsync(IPage page) => await page.EvaluateAsync<int>(
        """
        [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .reduce((sum, entry) => sum + Math.max(entry.transferSize, entry.encodedBodySize), 0)
        """);

    private async Task SignInAsync(BrowserWindow window, User user)
    {
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", user.Email);
        await window.Page.FillAsync("#password", user.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.ArriveAtAsync(new Regex("/(takings|desk)$"));
    }
}
