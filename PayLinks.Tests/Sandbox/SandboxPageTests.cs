using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Sandbox;

internal sealed class SandboxPageTests
{
    private SandboxHost _sandbox = null!;

    [SetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task The_page_shows_what_arrives_while_it_arrives()
    {
        await using var desk = await Browsers.OpenDesktopAsync("en-US");
        await desk.Page.GotoAsync(_sandbox.Url);
        await Assertions.Expect(desk.Page.GetByText("No SMS yet.")).ToBeVisibleAsync();
        await desk.ShouldBeAccessibleAsync("the empty page");

        using var sms = await _sandbox.PostSmsAsync(
            "+393471234567", "Ciao <b>Anna</b>, paga qui: https://pay.example.test/p/abc. Grazie!");
        await SendHtmlAsync("anna@example.test", "<h1>Ciao Anna</h1><script>document.title='no'</script>");
        await _sandbox.PaidPaymentAsync();

        var link = desk.Page.GetByRole(AriaRole.Link, new() { Name = "https://pay.example.test/p/abc" });
        await Assertions.Expect(link).ToHaveAttributeAsync("href", "https://pay.example.test/p/abc");
        await Assertions.Expect(desk.Page.Locator("#phone")).ToContainTextAsync("Ciao <b>Anna</b>");
        await Assertions.Expect(desk.Page.Locator("#phone [data-state=delivered]")).ToHaveCountAsync(1);
        await Assertions.Expect(desk.Page.Locator("#payments .status.paid")).ToHaveCountAsync(1);
        await desk.Page.Locator("#inbox summary").First.ClickAsync();
        var email = desk.Page.FrameLocator("#inbox iframe");
        await Assertions.Expect(email.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Ciao Anna");
        var opened = desk.Page.Locator("#inbox [data-state=delivered] details[open]").First;
        await Assertions.Expect(opened).ToBeVisibleAsync();
        Assert.That(
            desk.Complaints.Where(complaint => !complaint.Contains("/page/email/", StringComparison.Ordinal)),
            Is.Empty, "the browser's console, but for the script in the email");
        await desk.KeepPictureAsync("sandbox-1280");
    }

    [Test]
    public async Task The_page_works_without_scripts_and_on_a_phone()
    {
        using var sms = await _sandbox.PostSmsAsync("+393471234567", "Paga qui: https://pay.example.test/p/abc");
        await SendHtmlAsync("anna@example.test", "<p>Ciao Anna</p>");
        await _sandbox.CreatePaymentAsync();
        await using (var plain = await Browsers.OpenPhoneAsync("en-US", javaScript: false))
        {
            await plain.Page.GotoAsync(_sandbox.Url);
            var link = plain.Page.GetByRole(AriaRole.Link, new() { Name = "https://pay.example.test/p/abc" });
            await Assertions.Expect(link).ToBeVisibleAsync();
        }

        foreach (var dark in new[] { false, true })
        {
            await using var phone = await Browsers.OpenPhoneAsync("en-US", dark: dark);
            await phone.Page.GotoAsync(_sandbox.Url);
            await phone.ShouldBeAccessibleAsync($"the page, dark: {dark}");
            Assert.That(
                await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390));
            await phone.KeepPictureAsync($"sandbox-390-{(dark ? "dark" : "light")}");
        }
    }

    [Test]
    public async Task The_phone_answers_STOP_and_START_without_scripts_but_not_to_a_name()
    {
        const string Phone = "+393471234567";
        using var named = await _sandbox.PostSmsAsync(Phone, "Da un nome", from: "FERRAMENTA");
        await using var phone = await Browsers.OpenPhoneAsync("en-US", javaScript: false);
        await phone.Page.GotoAsync(_sandbox.Url);
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        using var sms = await _sandbox.PostSmsAsync(Phone, "Da un numero", from: "+393331112222");
        await phone.Page.GotoAsync(_sandbox.Url);
        await phone.KeepPictureAsync("sandbox-answers-390");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Answer STOP" }).ClickAsync();
        using var refused = await _sandbox.PostSmsAsync(Phone, "Ancora", from: "+393331112222");
        Assert.That((int?)(await SandboxHost.ReadAsync(refused))["code"], Is.EqualTo(21610));

        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Answer START" }).ClickAsync();
        using var accepted = await _sandbox.PostSmsAsync(Phone, "Ancora", from: "+393331112222");
        Assert.That(accepted.IsSuccessStatusCode, Is.True);
    }

    [Test]
    public async Task A_customer_pays_at_the_hosted_checkout_without_scripts()
    {
        var payment = await _sandbox.CreatePaymentAsync(_sandbox.PaymentOrder());
        await using var phone = await Browsers.OpenPhoneAsync("en-US", javaScript: false);
        await phone.Page.GotoAsync((string)payment["_links"]!["checkout"]!["href"]!);
        await phone.KeepPictureAsync("sandbox-checkout-390");
        await phone.Page.GetByLabel("Card number").FillAsync(SandboxHost.Visa);
        await phone.Page.GetByLabel("Card holder").FillAsync("Anna Rossi");
        await phone.Page.GetByLabel("Expiry date").FillAsync("12/39");
        await phone.Page.GetByLabel("Security code").FillAsync("123");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Pay 49.90 EUR" }).ClickAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await phone.Page.ArriveAtAsync($"{_sandbox.Receiver.Url}/shop");
        Assert.That((string?)(await _sandbox.PaymentAsync((string)payment["id"]!))["status"], Is.EqualTo("paid"));
    }

    [Test]
    public async Task The_bank_and_the_checkout_are_accessible()
    {
        var byToken = await _sandbox.CreatePaymentAsync();
        var hosted = await _sandbox.CreatePaymentAsync(_sandbox.PaymentOrder());
        foreach (var (payment, name) in new[] { (byToken, "bank"), (hosted, "checkout") })
        {
            var address = (string)payment["_links"]!["checkout"]!["href"]!;
            await using var phone = await Browsers.OpenPhoneAsync("en-US");
            await phone.Page.GotoAsync(address);
            await phone.ShouldBeAccessibleAsync(name);
            await phone.KeepPictureAsync($"sandbox-{name}-390");
            await using var desk = await Browsers.OpenDesktopAsync("en-US", dark: true);
            await desk.Page.GotoAsync(address);
            await desk.ShouldBeAccessibleAsync($"{name} in the dark");
            await desk.KeepPictureAsync($"sandbox-{name}-1280");
        }
    }

    private async Task SendHtmlAsync(string to, string html)
    {
        using var response = await _sandbox.SendGrid.PostAsJsonAsync("/v3/mail/send", new JsonObject
        {
            ["personalizations"] = new JsonArray(
                new JsonObject { ["to"] = new JsonArray(new JsonObject { ["email"] = to }) }),
            ["from"] = new JsonObject { ["email"] = "shop@example.test" },
            ["subject"] = "Il tuo pagamento",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text/plain", ["value"] = "Ciao Anna" },
                new JsonObject { ["type"] = "text/html", ["value"] = html }),
        });
        response.EnsureSuccessStatusCode();
    }
}
