using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Texts;

/// <summary>A merchant puts own words in the place of ours, sees what they cost, and gets ours back.</summary>
public sealed partial class TextsPageTests : StaffFixture
{
    private const string Path = "/settings/texts";

    protected override Hosts Running => Hosts.All;

    [Test]
    public async Task Own_words_are_sent_from_then_on_until_ours_are_wanted_back()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var saved = await SaveAsync(
            owner, "sms-link", "de", ("body", "{merchant} wartet auf {amount}[ für {purpose}]: {url} Danke"));
        var page = await owner.OpenAsync(saved.Location!.ToString());
        var own = await TextToAsync("+393470000001", "de-AT");
        var other = await TextToAsync("+393470000002", "it-IT");
        var deleted = await owner.SubmitAsync(page, Path + "/delete");
        var ours = await TextToAsync("+393470000003", "de-AT");

        Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(page.Words, Does.Contain("Salvato").And.Contain("Parole tue, cambiate da owner il"));
        Assert.That(own, Does.StartWith("TEST Ferramenta Rossi wartet auf 49,90 EUR für Ordine 1042: http"));
        Assert.That(other, Does.StartWith("TEST Ferramenta Rossi: paga 49,90 EUR"));
        Assert.That(deleted.Location!.ToString(), Does.EndWith("done=deleted"));
        Assert.That(ours, Does.StartWith("TEST Ferramenta Rossi: Bitte 49,90 EUR"));
    }

    [Test]
    public async Task An_emails_subject_and_first_paragraph_may_be_chosen()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await SaveAsync(
            owner, "email-link", "fr", ("subject", "{amount} pour {purpose}"), ("body", "Voici le lien, {name}."));

        await Paylinks.Merchant.CreateLinkAsync(Order("claire@example.test", "fr-FR", "email"));
        var email = await SentToAsync("claire@example.test");

        Assert.That(email.Subject, Is.EqualTo("[TEST] 49,90\u00a0€ pour Ordine 1042"));
        Assert.That(
            email.Text, Does.Contain("\nVoici le lien, Anna.\n").And.Contain("Aller au paiement de 49,90\u00a0€"));
    }

    [Test]
    public async Task A_mistake_is_explained_keeps_what_was_typed_and_changes_nothing()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");

        var text = await SaveAsync(owner, "sms-reminder", "es", ("body", "Pague \"<b>{amount}</b>\""));
        var email = await SaveAsync(
            owner, "email-receipt", "es", ("subject", "Hola\r\nBcc: x@evil.example"), ("body", "Gracias {nombre}"));

        Assert.That(
            new[] { text.Status, email.Status }, Is.All.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(
            text.Html, Does.Contain("<title>Error: Texts").And.Contain("href=\"#body\"").And.Not.Contain("<b>"));
        Assert.That(text.Words, Does.Contain("{url} is missing").And.Contain("Pague \"<b>{amount}</b>\""));
        Assert.That(email.Html, Does.Contain("href=\"#subject\"").And.Contain("href=\"#body\""));
        Assert.That(email.Words, Does.Contain("There is no {nombre} in this message."));
        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select count(*)::int from text_template where language = 'es'"),
            Is.Zero);
    }

    [Test]
    public async Task Without_JavaScript_a_button_shows_what_the_words_cost()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var page = await owner.OpenAsync(Path + "?message=sms-receipt&language=en");

        var shown = await PostAsync(
            owner, Path + "/preview", Antiforgery(page),
            ("message", "sms-receipt"), ("language", "en"), ("body", "☕ {merchant} got {amount}, {purpose}. {url}"));
        var unchanged = await owner.OpenAsync(Path + "?message=sms-receipt&language=en");

        Assert.That(page.Words, Does.Contain("These are our words.").And.Contain("we received EUR 49.90 for 1042"));
        Assert.That(shown.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(shown.Words, Does.Contain("☕ Ferramenta Rossi got EUR 49.90, 1042.")
            .And.Contain("Text messages do not know “☕”: with it they hold 70 instead of 160.")
            .And.Match(@"\d+ characters, 2 texts").And.Contain("With the longest facts there can be"));
        Assert.That(unchanged.Words, Does.Contain("These are our words."));
    }

    [Test]
    public async Task Every_message_in_every_language_has_its_page()
    {
        using var manager = await SignedInAsync(await HireAsync("manager", "capo"));
        foreach (var message in TextsOf(await manager.OpenAsync(Path)))
        {
            var page = await manager.OpenAsync($"{Path}?message={message}&language=fr");
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), message);
            Assert.That(page.Words, Does.Contain("Ferramenta Rossi"), message);
        }

        Assert.That(
            (await manager.OpenAsync(Path + "?message=email-desk&language=fr")).Status,
            Is.EqualTo(HttpStatusCode.NotFound), "on the phone nobody dictates an email");
        Assert.That(
            (await manager.OpenAsync(Path + "?message=sms-link&language=nl")).Status,
            Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Agents_have_no_say_and_one_merchants_words_are_not_anothers()
    {
        using var agent = await SignedInAsync(TestSystem.Agent);
        var elsewhere = await FoundMerchantAsync("Altra");
        await Paylinks.Database.ExecuteAsync(
            """
            insert into text_template (merchant_id, channel, purpose, language, body, changed_at, changed_by)
            values (@elsewhere, 'sms', 'link', 'en', 'Elsewhere {url}', now(), 'usr_1')
            """,
            new { elsewhere });

        var refused = await PostAsync(
            agent, Path, Antiforgery(await agent.OpenAsync("/desk")),
            ("message", "sms-link"), ("language", "it"), ("body", "{url}"));

        Assert.That((await agent.OpenAsync(Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await TextToAsync("+393470000009", "en-GB"), Does.Not.Contain("Elsewhere"));
    }

    [Test]
    public async Task The_preview_follows_what_is_typed()
    {
        await using var window = await Browsers.OpenDesktopAsync("en-GB");
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", TestSystem.Owner.Email);
        await window.Page.FillAsync("#password", TestSystem.Owner.Password);
        await window.Page.ClickAsync("main form button.primary");
        await Assertions.Expect(window.Page.Locator("#password")).ToHaveCountAsync(0);
        await window.Page.GotoAsync(Paylinks.ApiUrl + Path + "?message=sms-desk&language=en");

        await window.ShouldBeAccessibleAsync("the texts");
        await window.Page.FillAsync("#body", "Hello from {merchant}: {url}");
        await Assertions.Expect(window.Page.Locator(".sms").First)
            .ToContainTextAsync("Hello from Ferramenta Rossi: http");
        await window.Page.FillAsync("#body", "Hello from {merchant}");
        await Assertions.Expect(window.Page.GetByText("{url} is missing")).ToBeVisibleAsync();
        await window.ShouldBeAccessibleAsync("the texts with a problem");
        await window.KeepPictureAsync("texts");
    }

    private static IEnumerable<string> TextsOf(SeenPage page) =>
        Message().Matches(page.Html).Select(match => match.Groups["message"].Value);

    private static Dictionary<string, object?> Order(string to, string locale, string channel) =>
        new(StringComparer.Ordinal)
        {
            ["amount"] = new { value = "49.90", currency = "EUR" },
            ["description"] = "Ordine 1042",
            ["customer"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = "Anna",
                [channel == "sms" ? "phone" : "email"] = to,
                ["locale"] = locale,
            },
            ["send"] = new[] { channel },
        };

    private static async Task<SeenPage> SaveAsync(
        Customer browser, string message, string language, params IEnumerable<(string Name, string Value)> fields) =>
        await PostAsync(
            browser, Path, Antiforgery(await browser.OpenAsync(Path)),
            [("message", message), ("language", language), .. fields]);

    private static string Antiforgery(SeenPage page) => page.FormTo("/language").Hidden["antiforgery"];

    private async Task<string> TextToAsync(string phone, string locale)
    {
        await Paylinks.Merchant.CreateLinkAsync(Order(phone, locale, "sms"));
        return (await SentToAsync(phone)).Text;
    }

    private async Task<AcceptedMessage> SentToAsync(string to) => (await Eventually.SeesAsync(
        Paylinks.Sandbox.MessagesAsync, messages => messages.Any(one => one.To == to), $"something is sent to {to}"))
        .First(one => one.To == to);

    [GeneratedRegex("<option value=\"(?<message>(sms|email)-[a-z]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Message();
}
