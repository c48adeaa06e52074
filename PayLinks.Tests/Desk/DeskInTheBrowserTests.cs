using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Desk;

public sealed class DeskInTheBrowserTests : StaffFixture
{
    private const string InsufficientFundsCard = "4000000000000028";

    protected override Hosts Running => Hosts.All;

    [Test]
    public async Task An_agent_sends_by_keyboard_and_follows_the_customer_to_paid()
    {
        await using var window = await DeskAsync(TestSystem.Agent);
        var keyboard = window.Page.Keyboard;
        await keyboard.TypeAsync("347 123 4567");
        await Seen(window.Page.Locator("[data-check=phone]")).ToContainTextAsync("347 · 123 · 4567");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("49,90");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("1042");
        await keyboard.PressAsync("Control+Enter");

        var card = window.Page.Locator("article").First;
        await Seen(card.Locator(".say")).ToContainTextAsync("Arrivato.");
        var url = Regex.Match((await Paylinks.Sandbox.MessagesAsync())[0].Text, @"http\S+").Value;
        using var customer = Paylinks.NewCustomer();

        await customer.PayAsync(url, await Paylinks.Sandbox.CardTokenAsync(InsufficientFundsCard));
        await Seen(card.Locator(".say")).ToContainTextAsync("Aspetta la conferma nell’app della banca.");
        await Paylinks.Sandbox.CompleteAsync(
            (await Paylinks.Sandbox.PaymentsAsync())[0], "failed", "insufficient_funds");
        await Seen(card.Locator(".say")).ToContainTextAsync("La banca ha rifiutato.");
        Assert.That(await window.Page.ContentAsync(), Does.Not.Contain("insufficient").And.Not.Contain("Fondi"));

        await customer.PayAsync(url, await Paylinks.Sandbox.CardTokenAsync());
        await Seen(card.Locator(".say")).ToContainTextAsync("Aspetta la conferma nell’app della banca.");
        await Paylinks.Sandbox.CompleteAsync((await Paylinks.Sandbox.PaymentsAsync())[0], "paid");
        await Seen(card.Locator(".say")).ToContainTextAsync("Pagato.");
        await Seen(window.Page.Locator("#live-status")).ToContainTextAsync("Pagato.");
        window.ShouldNotHaveComplained();
    }

    [Test]
    public async Task Nine_digits_of_an_italian_mobile_are_doubted()
    {
        await using var window = await DeskAsync(TestSystem.Agent);

        await window.Page.Keyboard.TypeAsync("347 123 456");

        await Seen(window.Page.Locator("[data-check=phone]")).ToContainTextAsync("Solo 9 cifre");
    }

    [Test]
    public async Task A_wrong_number_takes_two_keys_and_the_digits()
    {
        await using var window = await DeskAsync(await HireAsync("agent", "tasti"));
        await SendAsync(window, "347 123 4561");

        await window.Page.Keyboard.PressAsync("Alt+c");
        await Seen(window.Page.Locator("#amount")).ToHaveValueAsync("5,00");
        await Seen(window.Page.Locator("article").First).ToContainTextAsync("Annullato");
        await Seen(window.Page.Locator("#phone")).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync("3471234567");
        await window.Page.Keyboard.PressAsync("Control+Enter");

        await Seen(window.Page.Locator("article")).ToHaveCountAsync(2);
        await Seen(window.Page.Locator("article").First).ToContainTextAsync("+39 347 123 4567");
    }

    [Test]
    public async Task Keys_act_on_the_card_that_has_the_focus()
    {
        await using var window = await DeskAsync(await HireAsync("agent", "fuoco"));
        await SendAsync(window, "347 123 4561");
        await SendAsync(window, "347 123 4562");

        await window.Page.Locator("article").Last.GetByRole(AriaRole.Link).First.FocusAsync();
        await window.Page.Keyboard.PressAsync("Alt+x");
        await window.Page.WaitForURLAsync(new Regex("/cancel"));
        await window.Page.Keyboard.PressAsync("Enter");

        await window.Page.WaitForURLAsync(new Regex("/desk\\?done=canceled"));
        await Seen(window.Page.Locator("article").Last.Locator(".say")).ToContainTextAsync("Annullato");
        await Seen(window.Page.Locator("article").First.Locator(".say")).Not.ToContainTextAsync("Annullato");
    }

    [Test]
    public async Task The_list_of_shortcuts_opens_with_a_question_mark_and_is_accessible()
    {
        await using var window = await DeskAsync(TestSystem.Agent, "en-GB");

        await window.Page.Keyboard.PressAsync("?");

        await Seen(window.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Seen(window.Page.GetByText("correct number", new() { Exact = true })).ToBeVisibleAsync();
        Assert.That(await window.Page.InputValueAsync("#phone"), Is.Empty);
        await window.ShouldBeAccessibleAsync("the shortcuts");
    }

    [Test]
    public async Task Without_JavaScript_the_desk_sends_and_shows_where_the_link_is()
    {
        await using var window = await DeskAsync(await HireAsync("agent", "semplice"), javaScript: false);
        await window.Page.FillAsync("#phone", "347 123 4567");
        await window.Page.FillAsync("#amount", "5");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Invia" }).ClickAsync();

        await Seen(window.Page.Locator("article")).ToHaveCountAsync(1);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await window.Page.GotoAsync(Paylinks.ApiUrl + "/desk");
                var say = await window.Page.Locator("article .say").TextContentAsync();
                return say!.StartsWith("Arrivato", StringComparison.Ordinal);
            },
            "the card says that the message arrived");
    }

    private static ILocatorAssertions Seen(ILocator locator) => Assertions.Expect(locator);

    private static async Task SendAsync(BrowserWindow window, string phone)
    {
        var before = await window.Page.Locator("article").CountAsync();
        await window.Page.FillAsync("#phone", phone);
        await window.Page.FillAsync("#amount", "5");
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Seen(window.Page.Locator("article")).ToHaveCountAsync(before + 1);
    }

    private async Task<BrowserWindow> DeskAsync(User user, string language = "it-IT", bool javaScript = true)
    {
        var window = await Browsers.OpenDesktopAsync(language, javaScript);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", user.Email);
        await window.Page.FillAsync("#password", user.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForURLAsync(new Regex("/desk$"));
        return window;
    }
}
