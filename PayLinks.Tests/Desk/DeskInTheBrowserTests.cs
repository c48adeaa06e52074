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
    public async Task An_agent_sends_in_23_keys_and_follows_the_customer_to_paid()
    {
        await using var window = await DeskAsync(TestSystem.Agent);
        await window.Page.FillAsync("#reference", "of the call before");
        var keys = new CountedKeys(window.Page);
        await keys.PressAsync("Alt+n");
        await Seen(window.Page.Locator("#reference")).ToHaveValueAsync("");
        await Seen(window.Page.Locator("#phone")).ToBeFocusedAsync();
        await keys.TypeAsync("3471234567");
        await Seen(window.Page.Locator("[data-check=phone]")).ToContainTextAsync("347 · 123 · 4567");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("49,90");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("1042");
        await keys.PressAsync("Control+Enter");
        Assert.That(keys.Count, Is.EqualTo(23));

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
    public async Task When_the_telephone_system_passes_the_number_on_eleven_keys_send()
    {
        await using var window = await DeskAsync(await HireAsync("agent", "centralino"));
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/desk?phone=%2B393471234567");
        var keys = new CountedKeys(window.Page);

        await Seen(window.Page.Locator("#amount")).ToBeFocusedAsync();
        await keys.TypeAsync("49,90");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("1042");
        await keys.PressAsync("Control+Enter");

        await Seen(window.Page.Locator("article").First).ToContainTextAsync("+39 347 123 4567");
        await Seen(window.Page.Locator("article").First).ToContainTextAsync("1042");
        Assert.That(keys.Count, Is.EqualTo(11));
    }

    [Test]
    public async Task A_wrong_number_takes_two_keys_and_the_digits_and_the_first_link_is_dead()
    {
        await using var window = await DeskAsync(await HireAsync("agent", "tasti"));
        await SendAsync(window, "347 123 4561");
        await Seen(window.Page.Locator("article .say").First).ToContainTextAsync("Arrivato.");
        var sent = (await Paylinks.Sandbox.MessagesAsync()).First(
            message => message.To.EndsWith("4561", StringComparison.Ordinal));
        var keys = new CountedKeys(window.Page);

        await keys.PressAsync("Alt+c");
        await Seen(window.Page.Locator("#amount")).ToHaveValueAsync("5,00");
        using var customer = Paylinks.NewCustomer();
        var dead = await customer.OpenAsync(Regex.Match(sent.Text, @"http\S+").Value);
        await Seen(window.Page.Locator("article").First).ToContainTextAsync("Annullato");
        await Seen(window.Page.Locator("#phone")).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync("3471234567");
        await keys.PressAsync("Control+Enter");

        await Seen(window.Page.Locator("article")).ToHaveCountAsync(2);
        await Seen(window.Page.Locator("article").First).ToContainTextAsync("+39 347 123 4567");
        Assert.That(keys.Count, Is.EqualTo(2));
        Assert.That(dead.Status, Is.EqualTo(System.Net.HttpStatusCode.Gone));
        Assert.That(dead.Words, Does.Contain("annullato"));
    }

    [Test]
    public async Task The_other_channel_takes_one_key()
    {
        await using var window = await DeskAsync(await HireAsync("agent", "canale"));
        await window.Page.FillAsync("#email", "anna@example.test");
        await SendAsync(window, "347 123 4567");

        await window.Page.Keyboard.PressAsync("Alt+e");

        await window.Page.ArriveAtAsync(new Regex("/desk\\?done=sent"));
        await Seen(window.Page.Locator("article header")).ToContainTextAsync("anna@example.test");
    }

    [Test]
    public async Task Keys_act_on_the_card_that_has_the_focus()
    {
        await using var window = await DeskAsync(await HireAsync("agent", "fuoco"));
        await SendAsync(window, "347 123 4561");
        await SendAsync(window, "347 123 4562");

        await window.Page.Locator("article").Last.GetByRole(AriaRole.Link).First.FocusAsync();
        await window.Page.Keyboard.PressAsync("Alt+x");
        await window.Page.ArriveAtAsync(new Regex("/cancel"));
        await Seen(window.Page.Locator("button.danger")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Enter");

        await window.Page.ArriveAtAsync(new Regex("/desk\\?done=canceled"));
        await Seen(window.Page.Locator("article").Last.Locator(".say")).ToContainTextAsync("Annullato");
        await Seen(window.Page.Locator("article").First.Locator(".say")).Not.ToContainTextAsync("Annullato");
    }

    [Test]
    public async Task The_list_of_shortcuts_opens_with_a_question_mark_and_gives_the_focus_back()
    {
        await using var window = await DeskAsync(TestSystem.Agent, "en-GB");
        var list = window.Page.GetByRole(AriaRole.Dialog);
        await Seen(list).ToBeHiddenAsync();

        await window.Page.Keyboard.PressAsync("?");

        await Seen(list).ToBeVisibleAsync();
        await Seen(window.Page.GetByText("correct number", new() { Exact = true })).ToBeVisibleAsync();
        await window.ShouldBeAccessibleAsync("the shortcuts");
        await window.KeepPictureAsync("desk-shortcuts-en-1280");
        await window.Page.Keyboard.PressAsync("Escape");
        await Seen(list).ToBeHiddenAsync();
        await Seen(window.Page.Locator("#phone")).ToBeFocusedAsync();
        Assert.That(await window.Page.InputValueAsync("#phone"), Is.Empty);
    }

    [Test]
    public async Task The_one_key_without_a_modifier_can_be_switched_off()
    {
        await using var window = await DeskAsync(TestSystem.Agent, "en-GB");
        await window.Page.Keyboard.PressAsync("?");
        await window.Page.GetByLabel("The ? key opens this list").UncheckAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Page.ReloadAsync();

        await window.Page.Locator("#help").FocusAsync();
        await window.Page.Keyboard.PressAsync("?");
        await Seen(window.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await window.Page.Keyboard.PressAsync("Enter");

        await Seen(window.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Test]
    public async Task Without_its_stream_the_desk_asks_every_few_seconds_and_says_so()
    {
        var user = await HireAsync("agent", "isolato");
        await using var window = await DeskAsync(user);
        using var elsewhere = await SignedInAsync(user);
        const string Stream = "**/live?*";
        await window.Page.RouteAsync(Stream, route => route.AbortAsync());
        await window.Page.ReloadAsync();
        await Seen(window.Page.Locator("#live-status")).ToContainTextAsync("Collegamento interrotto");

        await SendAsync(elsewhere, "while-alone");

        var patient = new LocatorAssertionsToContainTextOptions { Timeout = 15_000 };
        await Seen(window.Page.Locator("#cards")).ToContainTextAsync("while-alone", patient);
        await window.Page.UnrouteAsync(Stream);
        await Seen(window.Page.Locator("#live-status")).Not.ToContainTextAsync("Collegamento interrotto", patient);
        await SendAsync(elsewhere, "back-again");
        await Seen(window.Page.Locator("#cards")).ToContainTextAsync("back-again", patient);
    }

    [TestCase("it-IT")]
    [TestCase("en-GB")]
    public async Task Desk_and_team_are_accessible_with_calls_in_every_state(string locale)
    {
        var agent = await HireAsync("agent", "anna-" + locale);
        using var calls = await SignedInAsync(agent);
        foreach (var reference in new[] { "1041", "1042", "1043" })
        {
            await SendAsync(calls, reference);
        }

        await calls.SubmitAsync(await calls.OpenAsync("/desk"), "/correct");
        await using var desktop = await DeskAsync(agent, locale);
        await using var phone = await Browsers.OpenPhoneAsync(locale);
        await SignInAsync(phone, agent);
        foreach (var (screen, window) in new[] { ("1280", desktop), ("390", phone) })
        {
            await window.Page.ReloadAsync();
            await window.KeepPictureAsync($"desk-cards-{locale[..2]}-{screen}");
            await window.ShouldBeAccessibleAsync($"the desk, {locale}, {screen}");
            await window.Page.Locator("form[action='/sign-out'] button").ClickAsync();
            await SignInAsync(window, TestSystem.Owner);
            await window.Page.GotoAsync(Paylinks.ApiUrl + "/desk/team");
            await window.KeepPictureAsync($"desk-team-{locale[..2]}-{screen}");
            await window.ShouldBeAccessibleAsync($"the team, {locale}, {screen}");
            Assert.That(
                await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                $"the team is too wide at {screen}");
        }
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
        await Seen(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Scorciatoie" })).ToBeVisibleAsync();
    }

    private static ILocatorAssertions Seen(ILocator locator) => Assertions.Expect(locator);

    private static async Task SendAsync(BrowserWindow window, string phone)
    {
        var before = await window.Page.Locator("article").CountAsync();
        await window.Page.FillAsync("#phone", phone);
        await window.Page.FillAsync("#amount", "5");
        await window.Page.Locator(":focus").PressAsync("Control+Enter");
        await Seen(window.Page.Locator("article")).ToHaveCountAsync(before + 1);
    }

    private static async Task SendAsync(Customer agent, string reference) => await agent.SubmitAsync(
        await agent.OpenAsync("/desk"), "/desk", ("phone", "347 123 4567"), ("amount", "5"), ("reference", reference));

    private async Task<BrowserWindow> DeskAsync(User user, string language = "it-IT", bool javaScript = true)
    {
        var window = await Browsers.OpenDesktopAsync(language, javaScript);
        await SignInAsync(window, user);
        return window;
    }

    private async Task SignInAsync(BrowserWindow window, User user)
    {
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", user.Email);
        await window.Page.FillAsync("#password", user.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.ArriveAtAsync(new Regex("/(takings|desk)$"));
    }
}
