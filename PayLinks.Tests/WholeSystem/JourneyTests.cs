using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.WholeSystem;

/// <summary>Merchant, agent and customer at their own screens, in a real browser, with everything running behind them.</summary>
public sealed class JourneyTests
{
    private const string Declined = "4000000000000028";

    private TestSystem _paylinks = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _paylinks = await TestSystem.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _paylinks.DisposeAsync();

    [Test]
    public async Task A_merchant_sends_a_link_a_customer_pays_on_the_phone_and_the_card_number_is_nowhere()
    {
        await using var desk = await SignedInAsync(TestSystem.Owner);
        var merchant = desk.Page;
        await merchant.GotoAsync(_paylinks.ApiUrl + "/links/new");
        await merchant.FillAsync("#amount", "1.234,56");
        await merchant.FillAsync("#description", "Ordine 2001: mensola");
        await merchant.FillAsync("#to", "347 123 4567");
        await merchant.Keyboard.PressAsync("Control+Enter");
        await merchant.WaitForURLAsync("**/links/pl_*");
        var url = await merchant.InputValueAsync("#url");
        await Assertions.Expect(merchant.Locator(".timeline")).ToContainTextAsync("arrivato");

        await using var phone = await Browsers.OpenPhoneAsync();
        await phone.Page.GotoAsync(url);
        await TypeCardAsync(phone.Page, SandboxBooks.GoodCard);
        await phone.Page.ClickAsync("#by-card");
        await AtTheBankAsync(phone.Page, "Approve");

        await Assertions.Expect(phone.Page.Locator("main")).ToContainTextAsync("Pagato. Grazie!");
        await Assertions.Expect(merchant.Locator("h1 .badge")).ToHaveTextAsync("Pagato");
        var ours = phone.Sent.Where(sent => sent.Split('\n')[0].Contains(_paylinks.ApiUrl, StringComparison.Ordinal));
        Assert.That(ours, Is.Not.Empty.And.None.Contains(SandboxBooks.GoodCard));
        Assert.That(_paylinks.Logs.Lines, Has.None.Contains(SandboxBooks.GoodCard));
        Assert.That(await _paylinks.Database.FindTextAsync(SandboxBooks.GoodCard), Is.Empty);
        phone.ShouldNotHaveComplained();
        desk.ShouldNotHaveComplained();
    }

    [Test]
    public async Task A_declined_customer_pays_the_same_link_with_another_card()
    {
        var link = await _paylinks.Merchant.CreateLinkAsync();
        await using var phone = await Browsers.OpenPhoneAsync();

        await phone.Page.GotoAsync(link.Url);
        await TypeCardAsync(phone.Page, Declined);
        await phone.Page.ClickAsync("#by-card");
        await AtTheBankAsync(phone.Page, "Approve");
        await Assertions.Expect(phone.Page.Locator("main")).ToContainTextAsync("Fondi o limite insufficienti");

        await phone.Page.GotoAsync(link.Url);
        await TypeCardAsync(phone.Page, SandboxBooks.GoodCard);
        await phone.Page.ClickAsync("#by-card");
        await AtTheBankAsync(phone.Page, "Approve");
        await Assertions.Expect(phone.Page.Locator("main")).ToContainTextAsync("Pagato. Grazie!");

        var paid = await _paylinks.Merchant.GetLinkAsync(link.Id);
        Assert.That(paid.Payments.Select(payment => payment.Status), Is.EquivalentTo(new[] { "failed", "paid" }));
    }

    [Test]
    public async Task An_agent_sends_by_keyboard_and_sees_each_step_arrive()
    {
        await using var window = await SignedInAsync(TestSystem.Agent);
        var agent = window.Page;
        await agent.GotoAsync(_paylinks.ApiUrl + "/desk?phone=3471234567&ref=3001");
        await agent.Keyboard.TypeAsync("12,50");
        await agent.Keyboard.PressAsync("Control+Enter");

        var card = agent.Locator(".desk-card").First;
        await Assertions.Expect(card).ToContainTextAsync("3001");
        await Assertions.Expect(card.Locator(".steps .reached")).ToHaveCountAsync(2);
        var sms = await Eventually.SeesAsync(
            async () => (await _paylinks.Sandbox.MessagesAsync())
                .FirstOrDefault(message => message.Text?.Contains("3001", StringComparison.Ordinal) == true),
            message => message is not null, "the text arrives");
        var url = sms!.Text!.Split(' ').Single(word => word.StartsWith(_paylinks.ApiUrl, StringComparison.Ordinal));

        await using var phone = await Browsers.OpenPhoneAsync();
        await phone.Page.GotoAsync(url);
        await TypeCardAsync(phone.Page, SandboxBooks.GoodCard);
        await phone.Page.ClickAsync("#by-card");
        await Assertions.Expect(card.Locator(".steps .reached")).ToHaveCountAsync(5);
        await AtTheBankAsync(phone.Page, "Approve");

        await Assertions.Expect(card.Locator(".steps .reached")).ToHaveCountAsync(6);
        await Assertions.Expect(card.Locator("[data-say]")).ToContainTextAsync("Pagato");
        window.ShouldNotHaveComplained();
    }

    [TestCase("it-IT", false)]
    [TestCase("en-GB", true)]
    public async Task Every_page_of_the_console_is_accessible(string locale, bool dark)
    {
        var link = await _paylinks.Merchant.CreateLinkAsync();
        foreach (var open in new[] { Browsers.OpenPhoneAsync(locale, dark: dark), Browsers.OpenDesktopAsync(locale, dark: dark) })
        {
            await using var window = await open;
            await window.Page.GotoAsync(_paylinks.ApiUrl + "/");
            await window.ShouldBeAccessibleAsync("sign in");
            await SignInAsync(window.Page, TestSystem.Owner);
            foreach (var path in new[] { "/links", "/links/new", "/links/" + link.Id, $"/links/{link.Id}/cancel", "/desk", "/nowhere" })
            {
                await window.Page.GotoAsync(_paylinks.ApiUrl + path);
                await window.ShouldBeAccessibleAsync(path);
                Assert.That(
                    await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), Is.True,
                    $"{path} scrolls sideways");
            }
        }
    }

    [Test]
    public async Task Without_script_a_merchant_creates_cancels_and_finds_a_link()
    {
        await using var window = await Browsers.OpenDesktopAsync("en-GB", javaScript: false);
        await window.Page.GotoAsync(_paylinks.ApiUrl + "/");
        await SignInAsync(window.Page, TestSystem.Owner);
        await window.Page.GotoAsync(_paylinks.ApiUrl + "/links/new");
        await window.Page.FillAsync("#amount", "no");
        await window.Page.FillAsync("#description", "Order 4001: lamp");
        await window.Page.FillAsync("#to", "06 1234 5678");
        await window.Page.ClickAsync("main button.primary");
        Assert.That(await window.Page.TitleAsync(), Does.StartWith("Error:"));
        Assert.That(await window.Page.InputValueAsync("#description"), Is.EqualTo("Order 4001: lamp"));

        await window.Page.FillAsync("#amount", "10");
        await window.Page.FillAsync("#to", "anna@example.test");
        await window.Page.ClickAsync("main button.primary");
        await window.Page.WaitForURLAsync("**/links/pl_*");
        await window.Page.ClickAsync("a.danger");
        await window.Page.ClickAsync("button.danger");
        await Assertions.Expect(window.Page.Locator("h1 .badge")).ToHaveTextAsync("Cancelled");

        await window.Page.GotoAsync(_paylinks.ApiUrl + "/links?status=canceled");
        await Assertions.Expect(window.Page.Locator("table.links")).ToContainTextAsync("Order 4001: lamp");
    }

    [Test]
    public async Task An_agent_sees_own_links_only()
    {
        var foreign = await _paylinks.Merchant.CreateLinkAsync();
        await using var window = await SignedInAsync(TestSystem.Agent);

        var answer = await window.Page.GotoAsync($"{_paylinks.ApiUrl}/links/{foreign.Id}");

        Assert.That(answer!.Status, Is.EqualTo(404));
        await window.Page.GotoAsync(_paylinks.ApiUrl + "/links");
        Assert.That(await window.Page.ContentAsync(), Does.Not.Contain(foreign.Id));
    }

    private async Task<BrowserWindow> SignedInAsync(User user)
    {
        var window = await Browsers.OpenDesktopAsync();
        await window.Page.GotoAsync(_paylinks.ApiUrl + "/");
        await SignInAsync(window.Page, user);
        return window;
    }

    private static async Task SignInAsync(IPage page, User user)
    {
        await page.FillAsync("#email", user.Email);
        await page.FillAsync("#password", user.Password);
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator(".bar nav")).ToBeVisibleAsync();
    }

    private static async Task TypeCardAsync(IPage page, string number)
    {
        ILocator Field(string name) => page.FrameLocator($"iframe[name='mollie-{name}']").Locator("input");

        await Field("cardNumber").PressSequentiallyAsync(number);
        await Field("expiryDate").PressSequentiallyAsync("1230");
        await Field("verificationCode").PressSequentiallyAsync("123");
        await Field("cardHolder").FillAsync("Anna Rossi");
    }

    private async Task AtTheBankAsync(IPage page, string answer)
    {
        await page.WaitForURLAsync(_paylinks.SandboxUrl + "/**");
        await page.GetByRole(AriaRole.Button, new() { Name = answer }).ClickAsync();
    }
}
