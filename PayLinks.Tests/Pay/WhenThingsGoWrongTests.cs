using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Pay;

public sealed class WhenThingsGoWrongTests : PayFixture
{
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Limits:FailedPaymentsPerLink"] = "3",
            ["Limits:OpeningsPerLinkAndHour"] = "4",
        };

    [Test]
    public async Task A_provider_that_is_down_is_said_with_503_and_the_same_attempt_goes_on_later()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await Paylinks.Sandbox.FailAsync("mollie", "createPayment", "503");

        var down = await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        var meanwhile = await customer.OpenAsync(link.Url);
        var later = await customer.SubmitAsync(meanwhile, "/pay");

        Assert.That(down.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(down.Words, Does.Contain("I pagamenti con carta non rispondono in questo momento."));
        Assert.That(meanwhile.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(later.Location!.ToString(), Does.EndWith("/result?go=1"));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(1));
    }

    [Test]
    public async Task A_payment_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await Paylinks.Sandbox.FailAsync("mollie", "createPayment", "effect-then-500");

        var down = await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        var later = await ContinueAsync(customer, link);

        Assert.That(down.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(later.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(await CountAtMollieAsync(link), Is.EqualTo(1));
    }

    [Test]
    public async Task A_link_takes_no_more_cards_for_a_while_after_too_many_failed()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        for (var i = 0; i < 3; i++)
        {
            await PayAsync(customer, link, "4000000000000010");
        }

        var fourth = await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        Assert.That(fourth.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(fourth.Words, Does.Contain("Troppi tentativi non riusciti."));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(3));

        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(61));
        await PayAsync(customer, link);
    }

    [Test]
    public async Task Opening_is_recorded_by_the_beacon_only_and_so_many_an_hour()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.OpenAsync(link.Url);
        Assert.That(await EventsOfAsync(link), Is.Empty);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add((await PostAsync(customer, link.Url + "/opened", "same-origin")).Status);
        }

        var foreign = await PostAsync(customer, link.Url + "/opened", "cross-site");

        Assert.That(answers, Has.All.EqualTo(HttpStatusCode.NoContent));
        Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await EventsOfAsync(link), Is.EqualTo(Enumerable.Repeat("link.opened", 4)));
        Assert.That(await StatusOfAsync(link), Is.EqualTo("open"));
    }

    [Test]
    public async Task Declining_is_said_from_our_own_page_only()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        var page = await customer.OpenAsync(link.Url);

        var answer = await customer.SubmitAsync(page, "/decline");
        var said = await customer.OpenAsync(Paylinks.ApiUrl + answer.Location);
        var foreign = await PostAsync(customer, link.Url + "/decline", "cross-site");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(said.Words, Does.Contain("Hai rifiutato la richiesta."));
        Assert.That(said.Words, Does.Contain("Ferramenta Rossi è stata avvisata."));
        Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await EventsOfAsync(link), Is.EqualTo(new[] { "link.declined" }));
    }

    private static Task<SeenPage> PostAsync(Customer customer, string url, string fetchSite)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return customer.SendAsync(request);
    }
}
