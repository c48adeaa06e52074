using System.Net;
using PayLinks.Api.Pay;

namespace PayLinks.Tests.Pay;

/// <summary>What stands below: privacy and accessibility; and the code that tells a call from a fraud.</summary>
public sealed class FootOfThePageTests : PayFixture
{
    private static IEnumerable<TestCaseData> Languages =>
        PayWords.All.Select(words => new TestCaseData(words).SetArgDisplayNames(words.Language));

    [TestCaseSource(nameof(Languages))]
    public async Task What_everybody_can_use_and_what_not_yet_is_told_in_each_language(PayWords words)
    {
        using var customer = Paylinks.NewCustomer();

        var page = await customer.OpenAsync($"{(await NewLinkAsync()).Url}/accessibility?lang={words.Language}");
        var stranger = await customer.OpenAsync($"/accessibility?lang={words.Language}");

        Assert.That(new[] { page.Status, stranger.Status }, Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Html, Does.Contain($"<html lang=\"{words.Language}\">"));
        foreach (var gap in words.Accessibility.Gaps.Append(words.Accessibility.Standard))
        {
            Assert.That(page.Words, Does.Contain(gap));
            Assert.That(stranger.Words, Does.Contain(gap));
        }

        Assert.That(page.Words, Does.Contain("2026").And.Contain(words.Accessibility.Tell("Ferramenta Rossi")));
        Assert.That(page.Html, Does.Contain("mailto:orders@example.test"));
        Assert.That(WebUtility.HtmlDecode(page.Html), Does.Contain("tel:+390612345678"));
        Assert.That(stranger.Words, Does.Contain(words.Accessibility.TellSender));
        Assert.That(stranger.Html, Does.Not.Contain("mailto:"), "whose installation it is, nobody has said");
    }

    [Test]
    public async Task Every_page_leads_to_it()
    {
        using var customer = Paylinks.NewCustomer();
        var link = await NewLinkAsync();
        var path = new Uri(link.Url).AbsolutePath;

        foreach (var below in new[] { "", "/stop", "/accessibility" })
        {
            Assert.That(
                (await customer.OpenAsync(link.Url + below + "?lang=de")).Html,
                Does.Contain($"href=\"{path}/accessibility?lang=de\""), below);
        }

        foreach (var page in new[] { "/p/none", "/" })
        {
            Assert.That((await customer.OpenAsync(page)).Html, Does.Contain("href=\"/accessibility\""), page);
        }

        Assert.That((await customer.OpenAsync("/p/none/accessibility")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_merchants_privacy_notice_is_linked_if_there_is_one()
    {
        using var customer = Paylinks.NewCustomer();
        var link = await NewLinkAsync();

        var without = await customer.OpenAsync(link.Url);
        await Paylinks.Database.ExecuteAsync(
            "update merchant set privacy_url = 'https://rossi.example.test/privacy?a&b'");
        var with = await customer.OpenAsync(link.Url);
        await Paylinks.Database.ExecuteAsync("update merchant set privacy_url = null");

        Assert.That(without.Words, Does.Not.Contain("privacy"));
        Assert.That(with.Words, Does.Contain("Informativa sulla privacy"));
        Assert.That(
            with.Html, Does.Contain("href=\"https://rossi.example.test/privacy?a&amp;b\" rel=\"noreferrer\""));
    }

    [Test]
    public async Task A_code_is_shown_to_who_opens_the_page_and_to_no_preview()
    {
        using var customer = Paylinks.NewCustomer();
        var link = await NewLinkAsync();

        var without = await customer.OpenAsync(link.Url);
        await Paylinks.Database.ExecuteAsync("update link set code = '0719' where id = @Id", link);
        var with = await customer.OpenAsync(link.Url);
        var english = await customer.OpenAsync(link.Url + "?lang=en");
        await PayAsync(customer, link, "4000000000000002");
        var paid = await customer.OpenAsync(link.Url);

        Assert.That(without.Words, Does.Not.Contain("codice di questa"));
        Assert.That(with.Words, Does.Contain("Il codice di questa richiesta è 0719")
            .And.Contain("Se l'operatore te ne dice un altro, non pagare."));
        Assert.That(english.Words, Does.Contain("Your agent's code: 0719"));
        Assert.That(with.Html.Split("</head>")[0], Does.Not.Contain("0719"));
        Assert.That(paid.Words, Does.Not.Contain("0719"), "it has done its work");
    }
}
