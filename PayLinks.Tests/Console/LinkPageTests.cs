using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

public sealed class LinkPageTests : StaffFixture
{
    protected override Hosts Running => Hosts.ApiAndSandbox;

    [Test]
    public async Task Canceling_asks_first_and_says_so_afterwards()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);

        var question = await owner.OpenAsync(link + "/cancel");
        Assert.That((await owner.OpenAsync(link)).Words, Does.Contain("In attesa"), "asking changes nothing");
        var answer = await owner.SubmitAsync(question, "/cancel");
        var page = await owner.OpenAsync(answer.Location!.ToString());

        Assert.That(page.Words, Does.Contain("Annullato da owner"));
        Assert.That(
            page.Html, Does.Not.Contain(link + "/messages").And.Not.Contain(link + "/extend"), "nothing left to do");
    }

    [Test]
    public async Task Sending_again_queues_one_more_message_to_whom_it_was()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);

        var answer = await owner.SubmitAsync(await owner.OpenAsync(link), "/messages", ("channel", "sms"));
        var page = await owner.OpenAsync(answer.Location!.ToString());

        Assert.That(page.Words, Does.Contain("Inviata di nuovo.").And.Contain("+39 347 123 4567"));
        Assert.That((await Paylinks.Merchant.GetLinkAsync(IdOf(link))).Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Another_recipient_becomes_the_links_own_and_a_landline_is_explained()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);
        var page = await owner.OpenAsync(link);

        var refused = await SendToAsync(owner, page, "06 6982 1234");
        var empty = await SendToAsync(owner, page, "");
        var accepted = await SendToAsync(owner, page, "anna@example.test");

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Words, Does.Contain("Questo è un numero fisso"));
        Assert.That(refused.Html, Does.Contain("value=\"06 6982 1234\""));
        Assert.That(empty.Words, Does.Contain("Scrivi un cellulare o una email."));
        Assert.That(accepted.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        var shown = await owner.OpenAsync(link);
        Assert.That(shown.Words, Does.Contain("Destinatario cambiato da owner").And.Contain("anna@example.test"));
    }

    [Test]
    public async Task Extending_moves_the_end_and_never_shortens()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);
        var page = await owner.OpenAsync(link);

        var longer = await owner.SubmitAsync(page, "/extend", ("expiresIn", "P30D"));
        var shorter = await owner.SubmitAsync(page, "/extend", ("expiresIn", "PT30M"));

        var stored = await Paylinks.Merchant.GetLinkAsync(IdOf(link));
        Assert.That(longer.Location!.ToString(), Does.EndWith("?done=extended"));
        Assert.That(
            (await owner.OpenAsync(shorter.Location!.ToString())).Words, Does.Contain("Il link vale già più a lungo"));
        Assert.That(
            stored.ExpiresAt - stored.CreatedAt, Is.EqualTo(TimeSpan.FromDays(30)).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task The_code_leads_to_the_link_and_only_whoever_is_signed_in_gets_it()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var stranger = Paylinks.NewCustomer();
        var link = await NewLinkAsync(owner);

        Assert.That((await owner.OpenAsync(link + "/qr.svg")).Html, Does.StartWith("<svg").Or.StartWith("<?xml"));
        Assert.That((await stranger.OpenAsync(link + "/qr.svg")).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task A_foreign_link_does_not_exist()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var agent = await SignedInAsync(TestSystem.Agent);
        using var stranger = await SignedInAsync(
            await HireAsync("owner", "bruno", await FoundMerchantAsync("Panificio Verdi")));
        var link = await NewLinkAsync(owner, "Solo del titolare");
        var desk = await agent.OpenAsync("/desk");

        foreach (var (who, browser) in new[] { ("another agent", agent), ("another merchant", stranger) })
        {
            Assert.That((await browser.OpenAsync(link)).Status, Is.EqualTo(HttpStatusCode.NotFound), who);
            Assert.That((await browser.OpenAsync(link + "/cancel")).Status, Is.EqualTo(HttpStatusCode.NotFound), who);
            Assert.That((await browser.OpenAsync(link + "/qr.svg")).Status, Is.EqualTo(HttpStatusCode.NotFound), who);
            Assert.That((await browser.OpenAsync("/links")).Words, Does.Not.Contain("Solo del titolare"), who);
        }

        var form = desk.FormTo("/desk").Hidden["antiforgery"];
        foreach (var action in new[] { "/messages", "/extend", "/cancel" })
        {
            var answer = await PostAsync(agent, link + action, form, ("channel", "sms"), ("expiresIn", "P30D"));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound), action);
        }

        var corrected = await PostAsync(agent, $"/desk/{IdOf(link)}/correct", form);
        Assert.That(corrected.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Paylinks.Merchant.GetLinkAsync(IdOf(link))).Status, Is.EqualTo("open"));
    }

    [TestCase("/links/pl_nonsense")]
    [TestCase("/links/pl_00000000000000000000000000")]
    [TestCase("/links/pl_00000000000000000000000000/cancel")]
    [TestCase("/links/..%2f")]
    [TestCase("/nowhere")]
    public async Task An_address_that_leads_nowhere_says_so(string path)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var page = await owner.OpenAsync(path);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(page.Words, Does.Contain("Non c’è niente qui"));
    }

    [Test]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var viewer = await SignedInAsync(await HireAsync("viewer", "vito"));
        var link = await NewLinkAsync(owner);

        var page = await viewer.OpenAsync(link);
        var made = await viewer.OpenAsync("/links/new");

        Assert.That(page.Words, Does.Contain("Ordine 1042: trapano"));
        Assert.That(
            page.Html, Does.Not.Contain("/extend").And.Not.Contain("/messages").And.Not.Contain(link + "/cancel"));
        Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(made.Words, Does.Contain("Non è permesso"));
        Assert.That(
            (await PostAsync(viewer, link + "/cancel", page.FormTo("/sign-out").Hidden["antiforgery"])).Status,
            Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_list_is_filtered_searched_and_turned()
    {
        var user = await HireAsync("agent", "lista");
        using var agent = await SignedInAsync(user);
        for (var i = 0; i < 27; i++)
        {
            await NewLinkAsync(agent, $"Voce {i:00}");
        }

        var last = await NewLinkAsync(agent, "Voce annullata");
        await agent.SubmitAsync(await agent.OpenAsync(last + "/cancel"), "/cancel");

        var first = await agent.OpenAsync("/links");
        var second = await agent.OpenAsync(Href(first, "next"));
        var back = await agent.OpenAsync(Href(second, "prev"));
        Assert.That(first.Words, Does.Contain("Voce annullata").And.Contain("Voce 03").And.Not.Contain("Voce 02"));
        Assert.That(second.Words, Does.Contain("Voce 02").And.Contain("Voce 00").And.Not.Contain("Voce 03"));
        Assert.That(second.Html, Does.Not.Contain("rel=\"next\""));
        Assert.That(back.Words, Does.Contain("Voce annullata"));
        Assert.That(back.Html, Does.Not.Contain("rel=\"prev\""));

        Assert.That((await agent.OpenAsync("/links?status=canceled")).Words,
            Does.Contain("Voce annullata").And.Not.Contain("Voce 26"));
        Assert.That((await agent.OpenAsync("/links?q=4567")).Words, Does.Contain("Voce 26"));
        Assert.That((await agent.OpenAsync("/links?q=0000")).Words, Does.Contain("Nessun pagamento corrisponde."));
        Assert.That(
            (await agent.OpenAsync("/links?from=2020-01-01&to=2020-01-02")).Words, Does.Contain("Nessun pagamento"));
        Assert.That((await agent.OpenAsync("/links?from=2020-02-30")).Words, Does.Contain("Controlla i filtri"));
    }

    [Test]
    public async Task A_word_in_the_address_cannot_make_the_page_say_something_else()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);

        var page = await owner.OpenAsync(link + "?done=Pagato%20per%20davvero&refused=%3Cb%3E");

        Assert.That(page.Html, Does.Not.Contain("per davvero").And.Not.Contain("class=\"done\""));
    }

    private static string IdOf(string link) => link.Split('/')[^1];

    private static string Href(SeenPage page, string rel) => WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex
        .Match(page.Html, $"href=\"([^\"]+)\" rel=\"{rel}\"").Groups[1].Value);

    // The page has two forms that send: one per known address, and the one with a field.
    private static async Task<SeenPage> SendToAsync(Customer browser, SeenPage page, string to) =>
        await PostAsync(
            browser, page.Url.AbsolutePath + "/messages", page.FormTo("/extend").Hidden["antiforgery"], ("to", to));
}
