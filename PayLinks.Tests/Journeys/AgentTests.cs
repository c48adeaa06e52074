using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Journeys;

/// <summary>An agent on the phone with a customer.</summary>
public sealed class AgentTests : JourneyFixture
{
    [Test]
    public async Task An_agent_sees_each_step_of_the_customer_arrive()
    {
        await using var agent = await Browsers.OpenDesktopAsync();
        await SignInAsync(agent, TestSystem.Agent);
        await agent.Page.GotoAsync(Paylinks.ApiUrl + "/desk");
        await agent.Page.FillAsync("#phone", "347 123 4567");
        await agent.Page.FillAsync("#amount", "49,90");
        await agent.Page.FillAsync("#reference", "3001");
        await agent.Page.Locator(":focus").PressAsync("Control+Enter");
        await agent.Page.ArriveAtAsync("**/desk?done=made");
        await ShouldSayAsync(agent, ".desk-card .say", "Arrivato.");

        await using var customer = await Browsers.OpenPhoneAsync();
        await customer.Page.GotoAsync(await AddressInSmsAsync("3001"));
        var code = await Paylinks.Database.ReadAsync<string>("select code from link where reference = '3001'");
        await ShouldSayAsync(agent, ".desk-card .hint", $"La pagina mostra il codice {code}.");
        await ShouldSayAsync(customer, ".due", $"Il codice di questa richiesta è {code}");
        Assert.That(
            (await Paylinks.Sandbox.MessagesAsync()).Select(message => message.Text), Has.None.Contains("codice"));
        await customer.Page.Locator("h1").TapAsync();
        await ShouldSayAsync(agent, ".desk-card .say", "Ha aperto il link");

        await PayByCardAsync(customer, SandboxBooks.GoodCard);
        await customer.Page.ArriveAtAsync(Paylinks.SandboxUrl + "/**");
        await ShouldSayAsync(agent, ".desk-card .say", "Aspetta la conferma");

        await AtTheBankAsync(customer, "Approve");
        await ShouldSayAsync(agent, ".desk-card .say", "Pagato.");
        await Assertions.Expect(agent.Page.Locator(".desk-card .steps .reached")).ToHaveCountAsync(6);
        await agent.KeepPictureAsync("journey-desk-paid");
        agent.ShouldNotHaveComplained();
    }
}
