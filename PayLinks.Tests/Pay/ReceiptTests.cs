using System.Net;

namespace PayLinks.Tests.Pay;

/// <summary>The receipt: a page that says all, and the same by email to whoever the payer names.</summary>
public sealed class ReceiptTests : PayFixture
{
    private const string PaidAtOnceCard = "4000000000000002";

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Limits:ReceiptsPerLinkAndDay"] = "3" };

    [Test]
    public async Task A_receipt_says_who_was_paid_what_when_and_how_and_what_it_is_not()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link, PaidAtOnceCard);
        await Paylinks.Database.ExecuteAsync(
            "update link set paid_at = '2026-07-03 12:06:12Z' where id = @Id", link);

        var words = (await customer.OpenAsync(link.Url + "/result")).Words;

        string[] inOrder =
        [
            "Ricevuta di pagamento", "A favore di", "Ferramenta Rossi", "Partita IVA", "IT01234567897", "Importo",
            "49,90\u00a0€", "3 luglio 2026, ore 14:06 (UTC+02:00)", "Ordine 1042: trapano", "1042", "•••• 0002",
            "Questa ricevuta non è una fattura.",
        ];
        var place = 0;
        foreach (var part in inOrder)
        {
            place = words.IndexOf(part, place, StringComparison.Ordinal);
            Assert.That(place, Is.Not.Negative, $"{part} in {words}");
        }
    }

    [Test]
    public async Task It_is_sent_to_the_address_that_the_payer_types_in_the_pages_language()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link, PaidAtOnceCard);
        var page = await customer.OpenAsync(link.Url + "/result?lang=fr");

        var answers = new[]
        {
            await customer.SubmitAsync(page, "/receipt", ("email", " Compta@example.test ")),
            await customer.SubmitAsync(page, "/receipt", ("email", "compta@example.test")),
        };
        var said = await customer.OpenAsync(Paylinks.ApiUrl + answers[0].Location);

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(said.Words, Does.Contain("Le reçu arrive par e-mail."));
        Assert.That(said.Url.Query, Does.Not.Contain("example"));
        Assert.That(await ReceiptsAsync(link), Is.EqualTo(new[]
        {
            "anna@example.test it-IT queued", "Compta@example.test fr-FR queued",
        }), "who presses twice gets one");
    }

    [Test]
    public async Task What_is_no_address_is_said_beside_the_field_and_too_many_are_refused()
    {
        var link = await NewLinkAsync("en-GB");
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link, PaidAtOnceCard);
        var page = await customer.OpenAsync(link.Url);

        var wrong = await customer.SubmitAsync(page, "/receipt", ("email", "anna@example"));
        var stale = await customer.SubmitAsync(page, "/receipt", ("antiforgery", ""), ("email", "a@example.test"));
        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(wrong.Html, Does.Contain("value=\"anna@example\"").And.Contain("aria-invalid=\"true\""));
        Assert.That(wrong.Words, Does.Contain("Enter an email address, like name@example.com."));
        Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(stale.Words, Does.Contain("press Send again"));

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add((await customer.SubmitAsync(stale, "/receipt", ("email", $"a{i}@example.test"))).Status);
        }

        Assert.That(answers, Is.EqualTo(new[]
        {
            HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests,
        }));
        Assert.That(await ReceiptsAsync(link), Has.Count.EqualTo(3), "with the one that went out by itself");
    }

    [Test]
    public async Task Only_the_browser_that_paid_can_send_it()
    {
        var paid = await NewLinkAsync();
        var open = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        using var stranger = Paylinks.NewCustomer();
        await PayAsync(customer, paid, PaidAtOnceCard);
        var form = await customer.OpenAsync(paid.Url);
        await stranger.OpenAsync(open.Url);

        var strangers = await stranger.SubmitAsync(form, "/receipt", ("email", "stranger@example.test"));
        var unpaid = await customer.SendAsync(new HttpRequestMessage(HttpMethod.Post, open.Url + "/receipt")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "anna@example.test")]),
        });

        Assert.That((await stranger.OpenAsync(paid.Url)).Html, Does.Not.Contain("/receipt\""));
        Assert.That(strangers.Location!.ToString(), Is.EqualTo(new Uri(paid.Url).AbsolutePath));
        Assert.That(unpaid.Location!.ToString(), Is.EqualTo(new Uri(open.Url).AbsolutePath));
        Assert.That(await ReceiptsAsync(paid), Is.EqualTo(new[] { "anna@example.test it-IT queued" }));
        Assert.That(await ReceiptsAsync(open), Is.Empty);
    }

    private Task<IReadOnlyList<string>> ReceiptsAsync(CustomersLink link) => Paylinks.Database.QueryAsync<string>(
        """
        select recipient || ' ' || locale || ' ' || status from message
        where link_id = @Id and purpose = 'receipt' and channel = 'email' order by id
        """,
        link);
}
