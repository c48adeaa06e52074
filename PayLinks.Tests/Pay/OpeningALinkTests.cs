using System.Net;
using PayLinks.Api.Pay;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Pay;

public sealed class OpeningALinkTests : PayFixture
{
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Limits:UnknownTokensPerClient"] = "40" };

    [Test]
    public async Task A_live_link_says_what_is_to_be_paid_before_any_field()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        var page = await customer.OpenAsync(link.Url);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        var words = page.Words;
        string[] inOrder =
        [
            "Da pagare a Ferramenta Rossi", "49,90\u00a0€", "Ordine 1042: trapano", "Valido fino a",
            "Numero della carta", "Scadenza", "Codice di sicurezza", "Nome sulla carta",
            "Email per la ricevuta (facoltativa)", "Paga 49,90\u00a0€", "Non riconosci questa richiesta?",
            "Rifiuta la richiesta",
        ];
        var places = inOrder.Select(part => words.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.That(places, Has.None.EqualTo(-1).And.Ordered, words);
    }

    [Test]
    public async Task The_language_is_the_links_then_the_browsers_and_can_be_switched()
    {
        var italian = await NewLinkAsync("it-IT");
        var dutch = await NewLinkAsync("nl-NL");
        using var customer = Paylinks.NewCustomer("fr-BE,it;q=0.5");

        Assert.That((await customer.OpenAsync(italian.Url)).Html, Does.Contain("<html lang=\"it\">"));
        Assert.That((await customer.OpenAsync(italian.Url + "?lang=en")).Words, Does.Contain("Pay €49.90"));
        Assert.That((await customer.OpenAsync(italian.Url + "?lang=xx")).Html, Does.Contain("<html lang=\"it\">"));
        Assert.That((await customer.OpenAsync(dutch.Url)).Html, Does.Contain("<html lang=\"fr\">"));
        Assert.That((await customer.OpenAsync(Paylinks.ApiUrl + "/p/none")).Html, Does.Contain("<html lang=\"fr\">"));
    }

    [TestCase("it-IT", "Paga 49,90\u00a0€")]
    [TestCase("en-GB", "Pay €49.90")]
    [TestCase("de-DE", "49,90\u00a0€ zahlen")]
    [TestCase("fr-FR", "Payer 49,90\u00a0€")]
    [TestCase("es-ES", "Pagar 49,90\u00a0€")]
    public async Task Five_languages_are_spoken_and_each_offers_the_other_four(string locale, string pay)
    {
        var link = await NewLinkAsync(locale);
        using var customer = Paylinks.NewCustomer("pl");

        var page = await customer.OpenAsync(link.Url);

        var language = locale[..2];
        Assert.That(page.Html, Does.Contain($"<html lang=\"{language}\">"));
        Assert.That(page.Words, Does.Contain(pay));
        Assert.That(page.Html, Does.Contain($"data-locale=\"{locale.Replace('-', '_')}\""));
        foreach (var other in PayWords.All)
        {
            Assert.That(
                page.Html.Contains($"?lang={other.Language}\"", StringComparison.Ordinal),
                Is.EqualTo(other.Language != language),
                other.LanguageName);
        }
    }

    [Test]
    public async Task A_messengers_preview_shows_who_asks_and_nothing_else()
    {
        var link = await NewLinkAsync();
        using var messenger = Paylinks.NewCustomer(null);

        var head = (await messenger.OpenAsync(link.Url)).Html.Split("</head>")[0];
        var preview = head.Split('\n').Where(line => line.Contains("property=\"og:", StringComparison.Ordinal));

        Assert.That(preview, Is.EqualTo(new[]
        {
            "<meta property=\"og:type\" content=\"website\">",
            "<meta property=\"og:title\" content=\"Richiesta di pagamento di Ferramenta Rossi\">",
            "<meta name=\"description\" property=\"og:description\" "
                + "content=\"Apri il link per vedere di che cosa si tratta.\">",
        }));
    }

    [Test]
    public async Task A_token_reads_the_same_in_upper_case()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        var token = new Uri(link.Url).Segments[^1];

        var page = await customer.OpenAsync($"{Paylinks.ApiUrl}/P/{token.ToUpperInvariant()}");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_scanner_that_fetches_everything_twenty_times_changes_nothing()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link);
        var before = await SnapshotAsync();

        using var scanner = Paylinks.NewCustomer();
        string[] all =
        [
            "", "/result", "/result?go=1", "/status", "?said=declined", "/pay", "/decline", "/opened", "/typing",
            "/ask", "/receipt",
        ];
        foreach (var path in Enumerable.Repeat(all, 20).SelectMany(paths => paths))
        {
            await scanner.OpenAsync(link.Url + path);
            await scanner.SendAsync(new HttpRequestMessage(HttpMethod.Head, link.Url + path));
        }

        Assert.That(await SnapshotAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task An_expired_link_is_gone_whether_or_not_it_was_swept()
    {
        var link = await NewLinkAsync(expiresIn: TimeSpan.FromMinutes(5));
        using var customer = Paylinks.NewCustomer();
        var before = await customer.OpenAsync(link.Url);
        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(6));

        var page = await customer.OpenAsync(link.Url);
        var late = await customer.SubmitAsync(before, "/pay", ("cardToken", await Paylinks.Sandbox.CardTokenAsync()));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(page.Words, Does.Contain("Questo link è scaduto").And.Contain("Non è stato addebitato nulla"));
        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That((await customer.StatusAsync(link.Url)).Status, Is.EqualTo("expired"));
        Assert.That(await PaymentsOfAsync(link), Is.Zero);
    }

    [Test]
    public async Task A_canceled_link_says_that_nothing_is_owed()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        var before = await customer.OpenAsync(link.Url);
        await Paylinks.Database.ExecuteAsync(
            "update link set status = 'canceled', canceled_at = paylinks_now() where id = @Id", link);

        var page = await customer.OpenAsync(link.Url);
        var late = await customer.SubmitAsync(before, "/pay", ("cardToken", await Paylinks.Sandbox.CardTokenAsync()));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(page.Words, Does.Contain("Ferramenta Rossi ha annullato questa richiesta."));
        Assert.That(page.Words, Does.Contain("Non devi pagare nulla."));
        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await PaymentsOfAsync(link), Is.Zero);
    }

    [Test]
    public async Task Every_address_of_no_link_gets_the_same_answer_and_too_many_get_none()
    {
        using var customer = Paylinks.NewCustomer();
        string[] wrong =
        [
            "x", new string('a', 27), "p" + new string('0', 26), new string('z', 300), "p'--",
            "pilou" + new string('1', 22),
        ];

        var answers = new List<SeenPage>();
        foreach (var below in new[] { "", "/result", "/status" })
        {
            foreach (var token in wrong)
            {
                answers.Add(await customer.OpenAsync($"{Paylinks.ApiUrl}/p/{token}{below}"));
            }
        }

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That(answers.Select(answer => answer.Words).Distinct(), Has.Exactly(1).Items);

        while (answers[^1].Status == HttpStatusCode.NotFound && answers.Count < 60)
        {
            answers.Add(await customer.OpenAsync($"{Paylinks.ApiUrl}/p/guess{answers.Count}"));
        }

        Assert.That(answers[^1].Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        var link = await NewLinkAsync();
        var real = await customer.OpenAsync(link.Url);
        Assert.That(real.Status, Is.EqualTo(HttpStatusCode.OK), "a real link still opens");
    }

    [Test]
    public async Task What_the_merchant_wrote_is_text_and_never_markup()
    {
        const string bad = "</p><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        var link = await NewLinkAsync(description: bad);
        using var customer = Paylinks.NewCustomer();

        var page = await customer.OpenAsync(link.Url);

        Assert.That(page.Html, Does.Not.Contain("<script>alert").And.Not.Contain("<img"));
        Assert.That(page.Words, Does.Contain(bad));
    }

    // Everything that could have changed, as text.
    private async Task<string> SnapshotAsync() => string.Join('\n', await Paylinks.Database.QueryAsync<string>(
        """
        select 'link ' || l::text from link l union all select 'payment ' || p::text from payment p
        union all select 'event ' || e::text from event e union all select 'message ' || m::text from message m
        order by 1
        """));
}
