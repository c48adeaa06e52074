using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Sandbox;

/// <summary>
/// The stand-in of mollie.js in a shop's page of another origin, under the policy that a pay page has.
/// </summary>
internal sealed class CardFieldsTests
{
    private const string Page =
        """
        <!doctype html>
        <html lang="it"><head><meta charset="utf-8"><title>Shop</title>
        <script src="{sandbox}/v1/mollie.js"></script></head>
        <body><main><h1>Paga</h1>
        <div id="holder"></div><div id="number"></div><div id="expiry"></div><div id="code"></div>
        <button type="button" id="pay">Paga</button>
        </main><script src="/shop.js"></script></body></html>
        """;

    private const string Script =
        """
        const asked = new URLSearchParams(location.search);
        const mollie = Mollie("pfl_test", { locale: asked.get("locale"), testmode: true });
        window.seen = [];
        const styles = { base: { color: "rgb(0, 0, 128)", fontSize: "18px", "::placeholder": { color: "#505050" } } };
        const names = asked.has("card")
          ? { card: "#number" }
          : { cardHolder: "#holder", cardNumber: "#number", expiryDate: "#expiry", verificationCode: "#code" };
        const components = {};
        for (const [name, place] of Object.entries(names)) {
          const component = components[name] = mollie.createComponent(name, { styles });
          component.mount(place);
          for (const type of ["change", "focus", "blur"]) {
            component.addEventListener(type, event => seen.push({ name, type, ...event }));
          }
        }
        document.getElementById("pay").addEventListener("click", async () => {
          window.result = await mollie.createToken();
        });
        """;

    private SandboxHost _sandbox = null!;
    private WebApplication _shop = null!;
    private string _shopUrl = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _sandbox = await SandboxHost.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _shop = builder.Build();
        _shop.MapGet("/shop.js", () => Results.Text(Script, "text/javascript"));
        _shop.MapGet("/favicon.ico", () => Results.NoContent());
        _shop.MapGet("/", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' {_sandbox.Url}; frame-src {_sandbox.Url}; connect-src 'self'; "
                + "style-src 'self' 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Text(Page.Replace("{sandbox}", _sandbox.Url, StringComparison.Ordinal), "text/html");
        });
        await _shop.StartAsync();
        _shopUrl = SandboxHost.AddressOf(_shop);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _shop.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task A_card_becomes_a_token_and_its_number_goes_to_the_sandbox_alone()
    {
        await using var phone = await OpenAsync("it_IT");
        await FillAsync(phone.Page, "4543474002249996");

        var result = await TokenAsync(phone.Page);

        Assert.That(result.GetProperty("token").GetString(), Does.Match("^tkn_.*test$"));
        var carriers = phone.Sent.Where(request => request.Contains("4543", StringComparison.Ordinal)).ToList();
        Assert.That(carriers, Has.Count.EqualTo(1));
        Assert.That(carriers[0], Does.StartWith($"POST {_sandbox.Url}/mollie/card-tokens"));
        Assert.That(await phone.Page.Locator(".mollie-component.is-valid").CountAsync(), Is.EqualTo(4));
        var payment = await _sandbox.CreatePaymentAsync(
            _sandbox.PaymentOrder(cardToken: result.GetProperty("token").GetString()));
        Assert.That((string?)payment["details"]!["cardHolder"], Is.EqualTo("Anna Rossi"));
        await phone.ShouldBeAccessibleAsync("the card fields");
    }

    [Test]
    public async Task Spaces_come_by_themselves_and_stay_where_the_caret_is()
    {
        await using var phone = await OpenAsync("it_IT");
        var number = Field(phone.Page, "cardNumber");
        await number.PressSequentiallyAsync("4543 47400224 9996");
        Assert.That(await number.InputValueAsync(), Is.EqualTo("4543 4740 0224 9996"));

        await number.FillAsync("378282246310005");
        Assert.That(await number.InputValueAsync(), Is.EqualTo("3782 822463 10005"));

        var expiry = Field(phone.Page, "expiryDate");
        await expiry.PressSequentiallyAsync("1239");
        Assert.That(await expiry.InputValueAsync(), Is.EqualTo("12 / 39"));
        await expiry.FillAsync("");
        await expiry.PressSequentiallyAsync("12/39");
        Assert.That(await expiry.InputValueAsync(), Is.EqualTo("12 / 39"));
        await expiry.FillAsync("12/2039");
        Assert.That(await expiry.InputValueAsync(), Is.EqualTo("12 / 39"));
        for (var i = 0; i < 7; i++)
        {
            await expiry.PressAsync("Backspace");
        }

        Assert.That(await expiry.InputValueAsync(), Is.Empty);

        await number.FillAsync("4543 4740 0224 999");
        await number.PressAsync("Home");
        await number.PressSequentiallyAsync("4");
        Assert.That(await number.InputValueAsync(), Is.EqualTo("4454 3474 0022 4999"));
        Assert.That(await number.EvaluateAsync<int>("input => input.selectionStart"), Is.EqualTo(1));
    }

    [TestCase("it_IT", "Inserisci il nome sulla carta.", "Controlla il numero della carta.")]
    [TestCase("en_US", "Enter the name on the card.", "Check the card number.")]
    public async Task What_is_missing_or_wrong_is_said_in_the_shoppers_language(
        string locale, string missing, string wrong)
    {
        await using var phone = await OpenAsync(locale);
        await Field(phone.Page, "cardNumber").FillAsync("4543 4740 0224 9997");

        var result = await TokenAsync(phone.Page);

        Assert.That(result.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo(wrong));
        Assert.That(result.GetProperty("error").GetProperty("field").GetString(), Is.EqualTo("cardNumber"));
        await phone.Page.WaitForFunctionAsync(
            $"seen.some(e => e.name === 'cardHolder' && e.type === 'change' && e.touched && e.error === '{missing}')");
        var marked = phone.Page.Locator(".mollie-component--cardHolder.is-touched.is-invalid");
        await Assertions.Expect(marked).ToHaveCountAsync(1);
        phone.ShouldNotHaveComplained();
    }

    [Test]
    public async Task A_field_that_was_only_passed_through_is_not_called_wrong()
    {
        await using var phone = await OpenAsync("it_IT");
        await Field(phone.Page, "cardNumber").FocusAsync();
        await phone.Page.WaitForFunctionAsync("seen.some(e => e.name === 'cardNumber' && e.type === 'focus')");
        Assert.That(await phone.Page.Locator(".mollie-component--cardNumber.has-focus").CountAsync(), Is.EqualTo(1));
        await Field(phone.Page, "cardHolder").FocusAsync();
        await phone.Page.WaitForFunctionAsync("seen.some(e => e.name === 'cardNumber' && e.type === 'blur')");

        Assert.That(await phone.Page.EvaluateAsync<bool>("seen.some(e => e.error)"), Is.False);
    }

    [Test]
    public async Task Styles_reach_into_the_fields()
    {
        await using var phone = await OpenAsync("it_IT");
        var number = Field(phone.Page, "cardNumber");
        await Assertions.Expect(number).ToHaveCSSAsync("color", "rgb(0, 0, 128)");
        await Assertions.Expect(number).ToHaveCSSAsync("font-size", "18px");
    }

    [Test]
    public async Task All_fields_can_be_one_component()
    {
        await using var phone = await OpenAsync("en_US", "&card");
        var card = phone.Page.FrameLocator("iframe[name='mollie-card']");
        await card.GetByLabel("Card number").FillAsync("4543474002249996");
        await card.GetByLabel("Card holder").FillAsync("Anna Rossi");
        await card.GetByLabel("Expiry date").FillAsync("1239");
        await card.GetByLabel("Security code").FillAsync("123");

        var result = await TokenAsync(phone.Page);

        Assert.That(result.GetProperty("token").GetString(), Does.StartWith("tkn_"));
        await phone.ShouldBeAccessibleAsync("the whole card");
    }

    private static ILocator Field(IPage page, string name) =>
        page.FrameLocator($"iframe[name='mollie-{name}']").Locator("input");

    private static async Task FillAsync(IPage page, string number)
    {
        await Field(page, "cardHolder").FillAsync("Anna Rossi");
        await Field(page, "cardNumber").PressSequentiallyAsync(number);
        await Field(page, "expiryDate").PressSequentiallyAsync("1239");
        await Field(page, "verificationCode").PressSequentiallyAsync("123");
    }

    private static async Task<JsonElement> TokenAsync(IPage page)
    {
        await page.ClickAsync("#pay");
        // The page forbids eval, which WaitForFunction needs.
        return (await Eventually.SeesAsync(
            () => page.EvaluateAsync<JsonElement?>("window.result"), result => result is not null, "a result"))!.Value;
    }

    private async Task<BrowserWindow> OpenAsync(string locale, string more = "")
    {
        var phone = await Browsers.OpenPhoneAsync();
        await phone.Page.GotoAsync($"{_shopUrl}/?locale={locale}{more}");
        await Assertions.Expect(phone.Page.Locator(".mollie-component.is-loading")).ToHaveCountAsync(0);
        return phone;
    }
}
