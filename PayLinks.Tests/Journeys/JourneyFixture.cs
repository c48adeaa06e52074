using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Journeys;

/// <summary>The whole system, and people with browsers in front of it.</summary>
public abstract class JourneyFixture
{
    protected TestSystem Paylinks { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Paylinks = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);

    [OneTimeTearDown]
    public async Task StopAsync() => await (Paylinks?.DisposeAsync() ?? ValueTask.CompletedTask);

    protected async Task SignInAsync(BrowserWindow window, User user)
    {
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", user.Email);
        await window.Page.FillAsync("#password", user.Password);
        await window.Page.ClickAsync("main form button.primary");
        await Assertions.Expect(window.Page.Locator("#password")).ToHaveCountAsync(0);
    }

    /// <summary>Fills in the form of a new link and sends it.</summary>
    /// <returns>The address of the link's own page in the console.</returns>
    protected async Task<string> CreateLinkAsync(BrowserWindow merchant, string description, string to)
    {
        await merchant.Page.GotoAsync(Paylinks.ApiUrl + "/links/new");
        await merchant.Page.FillAsync("#amount", "49,90");
        await merchant.Page.FillAsync("#description", description);
        await merchant.Page.FillAsync("#to", to);
        await merchant.Page.ClickAsync("form[action='/links/new'] button.primary");
        await merchant.Page.ArriveAtAsync(Paylinks.ApiUrl + "/links/pl_*");
        return merchant.Page.Url.Split('?')[0];
    }

    /// <summary>The address in the newest SMS about this purpose, as the customer's phone shows it.</summary>
    protected async Task<string> AddressInSmsAsync(string purpose)
    {
        var messages = await Eventually.SeesAsync(
            Paylinks.Sandbox.MessagesAsync, messages => messages.Any(Is), $"an SMS about {purpose} arrives");
        return messages.First(Is).Text.Split(' ').Single(word => word.StartsWith("http", StringComparison.Ordinal))
            .TrimEnd('.');

        bool Is(AcceptedMessage message) =>
            message.Channel == "sms" && message.Text.Contains(purpose, StringComparison.Ordinal);
    }

    /// <summary>Types a card into the provider's fields and presses Pay.</summary>
    protected static async Task PayByCardAsync(BrowserWindow customer, string number)
    {
        await TypeAsync("#number", number);
        await TypeAsync("#expiry", "1230");
        await TypeAsync("#code", "123");
        await TypeAsync("#holder", "Anna Bianchi");
        await customer.Page.ClickAsync("#by-card");

        async Task TypeAsync(string box, string text) =>
            await customer.Page.FrameLocator($"{box} iframe").Locator("input").PressSequentiallyAsync(text);
    }

    /// <summary>Answers the bank's question.</summary>
    protected async Task AtTheBankAsync(BrowserWindow customer, string answer)
    {
        await customer.Page.ArriveAtAsync(Paylinks.SandboxUrl + "/**");
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = answer, Exact = true }).ClickAsync();
        await customer.Page.ArriveAtAsync(Paylinks.ApiUrl + "/p/**");
    }

    protected static Task ShouldSayAsync(BrowserWindow window, string selector, string words) =>
        Assertions.Expect(window.Page.Locator(selector).First)
            .ToContainTextAsync(words, new() { Timeout = 20_000 });
}
