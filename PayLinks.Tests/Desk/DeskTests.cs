using System.Net;
using System.Text.RegularExpressions;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Desk;

public sealed class DeskTests : StaffFixture
{
    protected override Hosts Running => Hosts.ApiAndSandbox;

    [Test]
    public async Task Phone_amount_and_reference_send_a_link_from_the_lane_that_goes_first()
    {
        using var agent = await SignedInAsync(TestSystem.Agent);

        var answer = await SendAsync(agent, ("phone", "347 123 4567"), ("amount", "49,90"), ("reference", "A-1042"));
        var desk = await agent.OpenAsync(answer.Location!.ToString());

        Assert.That(
            desk.Words,
            Does.Contain("Link creato e in invio.").And.Contain("49,90").And.Contain("Il messaggio sta partendo."));
        Assert.That(
            await Paylinks.Database.QueryAsync<string>(
                """
                select concat_ws('|', l.description, l.customer_phone, m.channel, m.lane)
                from link l join message m on m.link_id = l.id where l.reference = 'A-1042'
                """),
            Is.EqualTo(new[] { "Ordine A-1042|+393471234567|sms|0" }));
    }

    [Test]
    public async Task The_telephone_system_fills_in_the_number()
    {
        using var agent = await SignedInAsync(TestSystem.Agent);

        var desk = await agent.OpenAsync("/desk?phone=%2B393471234567&ref=77");

        Assert.That(desk.Html, Does.Match("id=\"phone\"[^>]*value=\"(\\+|&#x2B;)393471234567\""));
        Assert.That(desk.Html, Does.Match("id=\"reference\"[^>]*value=\"77\""));
        Assert.That(desk.Html, Does.Match("id=\"amount\"[^>]*autofocus"), "the next thing to type");
    }

    [TestCase("?phone=+393471234567", "+393471234567", Description = "a plus sign that nobody escaped")]
    [TestCase("?phone=3471234567&ref=77", "3471234567")]
    public async Task A_number_is_taken_as_the_telephone_system_writes_it(string query, string number)
    {
        using var agent = await SignedInAsync(TestSystem.Agent);

        var desk = await agent.OpenAsync("/desk" + query);

        Assert.That(WebUtility.HtmlDecode(desk.Html), Does.Contain($"value=\"{number}\""));
        Assert.That(desk.Words, Does.Contain("Chiamata in corso con +39 347 123 4567 (dal centralino)"));
    }

    [Test]
    public async Task Without_a_number_the_number_is_typed_first()
    {
        using var agent = await SignedInAsync(TestSystem.Agent);

        var desk = await agent.OpenAsync("/desk?ref=77");

        Assert.That(desk.Html, Does.Match("id=\"phone\"[^>]*autofocus").And.Not.Match("id=\"amount\"[^>]*autofocus"));
        Assert.That(desk.Words, Does.Not.Contain("Chiamata in corso"));
    }

    [Test]
    public async Task A_mistake_keeps_what_was_typed_beside_the_cards()
    {
        using var agent = await SignedInAsync(TestSystem.Agent, "en-GB");
        await SendAsync(agent, ("phone", "347 123 4567"), ("amount", "5"), ("reference", "before"));

        var answer = await SendAsync(
            agent, ("phone", "06 6982 1234"), ("amount", ""), ("reference", "77"), ("email", "anna@example.test"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(
            answer.Words, Does.Contain("This is a landline").And.Contain("Enter the amount").And.Contain("before"));
        Assert.That(answer.Html, Does.Contain("value=\"06 6982 1234\"").And.Contain("value=\"anna@example.test\""));
    }

    [Test]
    public async Task A_wrong_number_is_corrected_and_the_first_link_is_dead()
    {
        using var agent = await SignedInAsync(TestSystem.Agent);
        await SendAsync(agent, ("phone", "347 123 4561"), ("amount", "49,90"), ("reference", "typo"));
        var desk = await agent.OpenAsync("/desk");

        var answer = await agent.SubmitAsync(desk, "/correct");
        var corrected = await agent.OpenAsync(answer.Location!.ToString());

        Assert.That(
            corrected.Words, Does.Contain("Il link di prima è annullato.").And.Contain("Annullato: il cliente"));
        Assert.That(
            corrected.Html,
            Does.Match("id=\"amount\"[^>]*value=\"49,90\"").And.Match("id=\"reference\"[^>]*value=\"typo\""));
        Assert.That(WebUtility.HtmlDecode(corrected.Html), Does.Match("id=\"phone\"[^>]*value=\"\\+39 347 123 4561\""));
        Assert.That(corrected.Html, Does.Match("id=\"phone\"[^>]*autofocus"), "the next thing to type");
        Assert.That(
            await Paylinks.Database.ReadAsync<string>("select status from link where reference = 'typo'"),
            Is.EqualTo("canceled"));
    }

    [Test]
    public async Task The_other_channel_is_one_press_away_when_its_address_is_known()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "elena"));
        await SendAsync(
            agent, ("phone", "347 123 4567"), ("amount", "5"), ("reference", "both"), ("email", "anna@example.test"));

        var answer = await agent.SubmitAsync(await agent.OpenAsync("/desk"), "/messages");

        Assert.That(answer.Location!.ToString(), Is.EqualTo("/desk?done=sent"));
        Assert.That(
            await Paylinks.Database.QueryAsync<string>(
                """
                select m.channel from message m join link l on l.id = m.link_id
                where l.reference = 'both' order by m.id
                """),
            Is.EqualTo(new[] { "sms", "email" }));
    }

    [Test]
    public async Task Each_agent_sees_own_cards_only()
    {
        using var first = await SignedInAsync(TestSystem.Agent);
        using var second = await SignedInAsync(await HireAsync("agent", "nuova"));

        await SendAsync(first, ("phone", "347 123 4567"), ("amount", "5"), ("reference", "mine-alone"));

        Assert.That(
            (await second.OpenAsync("/desk")).Words, Does.Not.Contain("mine-alone").And.Contain("Qui segui i link"));
    }

    [Test]
    public async Task Two_presses_send_one_link()
    {
        using var agent = await SignedInAsync(TestSystem.Agent);
        var desk = await agent.OpenAsync("/desk");
        (string, string)[] typed = [("phone", "347 123 4567"), ("amount", "5"), ("reference", "pressed twice")];

        await Task.WhenAll(agent.SubmitAsync(desk, "/desk", typed), agent.SubmitAsync(desk, "/desk", typed));

        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select count(*)::int from link where reference = 'pressed twice'"),
            Is.EqualTo(1));
    }

    [Test]
    public async Task A_code_is_proposed_read_out_and_shown_to_the_customer()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "chiara"));
        using var customer = Paylinks.NewCustomer();
        var desk = await agent.OpenAsync("/desk");

        await SendAsync(agent, ("phone", "347 123 4567"), ("amount", "5"), ("reference", "coded"), ("code", "on"));
        await SendAsync(agent, ("phone", "347 123 4567"), ("amount", "6"), ("reference", "uncoded"));
        var codes = await Paylinks.Database.QueryAsync<string>(
            "select coalesce(code, 'none') from link where reference in ('coded', 'uncoded') order by id");
        var cards = await agent.OpenAsync("/desk");
        var id = PublicId.Format(
            PublicId.Link, await Paylinks.Database.ReadAsync<Guid>("select id from link where reference = 'coded'"));
        var page = await agent.OpenAsync("/links/" + id);
        var url = Regex.Match(
            page.Html, "readonly value=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture).Groups["url"].Value;

        Assert.That(desk.Html, Does.Match("name=\"code\"[^>]*checked"));
        Assert.That(codes, Has.Count.EqualTo(2).And.Some.Match("^[0-9]{4}$"));
        Assert.That(codes[1], Is.EqualTo("none"));
        Assert.That(cards.Words, Does.Contain($"Codice {codes[0]}. Dica: «La pagina mostra il codice {codes[0]}."));
        Assert.That(page.Words, Does.Contain($"Codice {codes[0]}."));
        Assert.That(
            (await customer.OpenAsync(url)).Words, Does.Contain($"Il codice di questa richiesta è {codes[0]}"));
    }

    private static async Task<SeenPage> SendAsync(
        Customer agent, params IEnumerable<(string Name, string Value)> fields) =>
        await agent.SubmitAsync(await agent.OpenAsync("/desk"), "/desk", fields);
}
