using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

public sealed class MakingALinkTests : StaffFixture
{
    [Test]
    public async Task Three_fields_make_a_link_and_its_message()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var answer = await PostLinkAsync(
            owner, ("amount", "1.234,56"), ("description", "Ordine 1042: trapano"), ("to", "347 123 4567"));
        var page = await owner.OpenAsync(answer.Location!.ToString());
        var link = await Paylinks.Merchant.GetLinkAsync(IdOf(answer));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(
            page.Words, Does.Contain("Richiesta in invio.").And.Contain("1.234,56").And.Contain("Creato da owner"));
        Assert.That(link.Amount, Is.EqualTo(new Amount("1234.56", "EUR")));
        Assert.That(link.CreatedBy, Does.StartWith("usr_"));
        Assert.That(
            link.Messages.Select(message => (message.Channel, message.To)),
            Is.EqualTo(new[] { ("sms", "+393471234567") }));
    }

    [Test]
    public async Task An_address_with_an_at_sign_is_an_email_and_both_may_be_given()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var answer = await PostLinkAsync(
            owner, ("amount", "5"), ("description", "Caffè"), ("to", "anna@example.test"), ("also", "+39 347 1234567"),
            ("name", "Anna"), ("reference", "77"), ("locale", "en"), ("expiresIn", "PT30M"));
        var link = await Paylinks.Merchant.GetLinkAsync(IdOf(answer));

        Assert.That(link.Messages.Select(message => message.Channel), Is.EquivalentTo(["sms", "email"]));
        Assert.That(link.Reference, Is.EqualTo("77"));
        Assert.That(
            link.ExpiresAt - link.CreatedAt, Is.EqualTo(TimeSpan.FromMinutes(30)).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Everything_typed_stays_when_the_form_comes_back()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        const string awkward = "\"><script>alert(1)</script>";

        var answer = await PostLinkAsync(
            owner, ("amount", "lots"), ("description", awkward), ("to", "06 6982 1234"), ("reference", "77&<"),
            ("name", "O'Hara"), ("expiresIn", "P7D"), ("locale", "fr"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Html, Does.Contain("<title>Error: New payment").And.Not.Contain("<script>alert"));
        Assert.That(
            WebUtility.HtmlDecode(answer.Html), Does.Contain($"value=\"{awkward}\"").And.Contain("value=\"lots\"")
            .And.Contain("value=\"06 6982 1234\"").And.Contain("value=\"77&<\"").And.Contain("value=\"O'Hara\""));
        Assert.That(answer.Html, Does.Match("value=\"P7D\" selected").And.Match("value=\"fr\" selected"));
        // Each problem on top, as a link to its field, and in the same words beside it.
        (string, string)[] problems = [("amount", "Enter the amount, like 49.90."), ("to", "This is a landline")];
        foreach (var (field, words) in problems)
        {
            Assert.That(answer.Html, Does.Contain($"href=\"#{field}\">{words}"));
            Assert.That(answer.Html, Does.Contain($"id=\"{field}-problem\">{words}"));
        }
    }

    [TestCase("amount", "0", "L'importo deve essere maggiore di zero.")]
    [TestCase("amount", "1000000", "L'importo massimo è 999999.99.")]
    [TestCase("description", "", "Scrivi per cosa si paga")]
    [TestCase("description", "carta 4543 4740 0224 9996", "Sembra un numero di carta")]
    [TestCase("to", "", "Scrivi un cellulare o una email, oppure scegli")]
    [TestCase("to", "anna@", "Indirizzo email non valido")]
    [TestCase("also", "347 765 4321", "Qui va l’altro tipo di recapito")]
    public async Task A_mistake_is_explained_and_nothing_is_made(string field, string typed, string words)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["amount"] = "49,90",
            ["description"] = "Errore",
            ["to"] = "347 123 4567",
            [field] = typed,
        };

        var answer = await PostLinkAsync(owner, fields.Select(pair => (pair.Key, pair.Value)));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Words, Does.Contain(words));
        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select count(*)::int from link where description = 'Errore'"),
            Is.Zero);
    }

    [Test]
    public async Task A_form_sent_ten_times_at_once_makes_one_link_and_one_message()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var form = await owner.OpenAsync("/links/new");
        (string, string)[] typed = [("amount", "12"), ("description", "Dieci volte"), ("to", "347 123 4567")];

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => owner.SubmitAsync(form, "/links/new", typed)));

        Assert.That(answers.Select(answer => answer.Location?.ToString()).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(await CountAsync("Dieci volte"), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Going_back_and_changing_the_amount_makes_another_link()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var form = await owner.OpenAsync("/links/new");

        var first = await owner.SubmitAsync(
            form, "/links/new", ("amount", "12"), ("description", "Ripensato"), ("to", "347 123 4567"));
        var second = await owner.SubmitAsync(
            form, "/links/new", ("amount", "13"), ("description", "Ripensato"), ("to", "347 123 4567"));

        Assert.That(second.Location, Is.Not.EqualTo(first.Location));
        Assert.That(await CountAsync("Ripensato"), Is.EqualTo((2, 2)));
    }

    private static string IdOf(SeenPage answer) => answer.Location!.ToString().Split('/')[^1].Split('?')[0];

    private async Task<(int Links, int Messages)> CountAsync(string description) =>
        (await Paylinks.Database.ReadAsync<int>(
            "select count(*)::int from link where description = @description", new { description }),
        await Paylinks.Database.ReadAsync<int>(
            """
            select count(*)::int from message m join link l on l.id = m.link_id where l.description = @description
            """,
            new { description }));
}
