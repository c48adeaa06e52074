using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Pay;

/// <summary>Paying otherwise than by card, through Mollie's page.</summary>
public sealed class OtherWaysTests : PayFixture
{
    [SetUp]
    public Task ForgetAsync() => OfferAsync();

    [Test]
    public async Task The_page_offers_what_takes_this_amount_below_the_card()
    {
        using var customer = Paylinks.NewCustomer();
        var page = await customer.OpenAsync((await NewLinkAsync(amountMinor: 4990)).Url);
        var dearer = await customer.OpenAsync((await NewLinkAsync(amountMinor: 10000)).Url);

        Assert.That(
            page.Words, Does.Contain("Numero della carta").And.Contain("oppure paga con").And.Contain("PayPal"));
        Assert.That(page.Html, Does.Match("(?s)id=\"by-card\".*value=\"applepay\".*value=\"paypal\""));
        Assert.That(page.Html, Does.Not.Contain("satispay"), "it takes 100 euros at least");
        Assert.That(dearer.Words, Does.Contain("Satispay"));
    }

    [TestCase("update method_list set told_at = told_at - interval '61 minutes'")]
    [TestCase("update method_list set profile_id = 'pfl_another'")]
    [TestCase("update method_list set currency = 'USD'")]
    [TestCase("update method_list set methods = '[]'")]
    public async Task Without_a_list_of_today_the_page_is_complete(string doctoring)
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await Paylinks.Database.ExecuteAsync(doctoring);

        var page = await customer.OpenAsync(link.Url);

        Assert.That(page.Words, Does.Contain("Numero della carta").And.Not.Contain("oppure paga con"));
        Assert.That(page.Html, Does.Contain("value=\"hosted\"").And.Not.Contain("paypal"));
    }

    [Test]
    public async Task A_way_leads_to_Mollies_page_and_back_to_thanks()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        using var stranger = Paylinks.NewCustomer();

        var answer = await PayByAsync(customer, link, "paypal");
        var onTheWay = await customer.OpenAsync(link.Url + "/result?go=1");
        var waiting = await customer.OpenAsync(link.Url + "/result");
        var booking = await AtTheBankAsync(link, "paid");
        await ContinueAsync(customer, link);
        var thanks = await customer.OpenAsync(link.Url + "/result");

        Assert.That(answer.Location!.ToString(), Does.EndWith("/result?go=1"));
        Assert.That(onTheWay.Html, Does.Contain("http-equiv=\"refresh\" content=\"0;url=" + Paylinks.SandboxUrl));
        Assert.That(onTheWay.Words, Does.Contain("Ti portiamo a PayPal").And.Contain("Vai a PayPal"));
        Assert.That(waiting.Words, Does.Contain("risposta di PayPal").And.Contain("Non pagare di nuovo."));
        Assert.That(booking.Method, Is.EqualTo("paypal"));
        Assert.That(thanks.Words, Does.Contain("Pagato. Grazie!").And.Match(@"Pagato con\s+PayPal"));
        Assert.That((await stranger.OpenAsync(link.Url)).Words, Does.Not.Contain("PayPal"));
    }

    [Test]
    public async Task Two_ways_pressed_at_once_are_one_payment()
    {
        var link = await NewLinkAsync(amountMinor: 20000);
        using var customer = Paylinks.NewCustomer();
        var page = await customer.OpenAsync(link.Url);

        var answers = await Task.WhenAll(
            customer.SubmitAsync(page, "/pay", ("method", "paypal")),
            customer.SubmitAsync(page, "/pay", ("method", "satispay")));
        await AtTheBankAsync(link, "paid");
        await ContinueAsync(customer, link);

        Assert.That(answers.Select(answer => answer.Location?.ToString()), Has.All.EndsWith("/result?go=1"));
        Assert.That(await CountAtMollieAsync(link), Is.EqualTo(1));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(1));
        Assert.That(await StatusOfAsync(link), Is.EqualTo("paid"));
    }

    [Test]
    public async Task A_lost_answer_is_asked_for_again_with_the_identical_request()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await Paylinks.Sandbox.FailAsync("mollie", "createPayment", "effect-then-500");

        var silence = await customer.SubmitAsync(await customer.OpenAsync(link.Url), "/pay", ("method", "paypal"));
        var again = await ContinueAsync(customer, link);

        Assert.That(silence.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(again.Location!.ToString(), Does.EndWith("/result?go=1"));
        Assert.That(await CountAtMollieAsync(link), Is.EqualTo(1));
        Assert.That((await BookingOfAsync(link)).Method, Is.EqualTo("paypal"));
    }

    [Test]
    public async Task Who_turns_back_from_a_way_pays_by_card()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayByAsync(customer, link, "paypal");

        var page = await customer.OpenAsync(link.Url);
        await customer.SubmitAsync(page, "/pay", ("another", "card"));
        await PayAsync(customer, link, "4000000000000002");

        Assert.That(page.Words, Does.Contain("Usa un'altra carta o un altro modo"));
        Assert.That(await StatusOfAsync(link), Is.EqualTo("paid"));
        Assert.That(
            await Paylinks.Database.ReadAsync<string>(
                "select method from payment where link_id = @Id and status = 'paid'", link),
            Is.EqualTo("creditcard"));
    }

    [TestCase("cheque")]
    [TestCase("ideal", Description = "known, and not switched on")]
    [TestCase("satispay", Description = "not for so little")]
    [TestCase("creditcard")]
    [TestCase("PAYPAL")]
    [TestCase("paypal,paypal")]
    [TestCase("\"><script>alert(1)</script>")]
    [TestCase("4543474002249996")]
    public async Task What_is_not_offered_is_refused_and_not_repeated(string method)
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        var answer = await customer.SubmitAsync(await customer.OpenAsync(link.Url), "/pay", ("method", method));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Words, Does.Contain("Questo modo di pagare ora non è disponibile. Nessun addebito"));
        Assert.That(answer.Html, Does.Not.Contain("<script>alert").And.Not.Contain("4543474002249996"));
        Assert.That(await PaymentsOfAsync(link), Is.Zero);
    }

    [Test]
    public async Task A_card_goes_before_a_way_that_is_posted_with_it()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        await customer.SubmitAsync(
            await customer.OpenAsync(link.Url), "/pay", ("cardToken", await Paylinks.Sandbox.CardTokenAsync()),
            ("method", "paypal"));

        Assert.That((await BookingOfAsync(link)).Method, Is.EqualTo("creditcard"));
    }

    [Test]
    public async Task A_way_that_was_switched_off_meanwhile_charges_nothing_and_says_so()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await OfferAsync("""[{"method": "ideal", "fromMinor": 1}]""");

        var answer = await PayByAsync(customer, link, "ideal");
        var page = await customer.OpenAsync(link.Url);

        Assert.That(answer.Location!.ToString(), Is.EqualTo(new Uri(link.Url).AbsolutePath));
        Assert.That(page.Words, Does.Contain("Questo modo di pagare ora non è disponibile."));
        Assert.That(await StatusOfAsync(link), Is.EqualTo("open"));
    }

    [TestCase("failed", "Il pagamento non è stato completato. Nessun addebito")]
    [TestCase("canceled", "Hai annullato il pagamento. Nessun addebito")]
    public async Task A_way_that_ends_unpaid_says_what_to_do_and_names_no_bank(string end, string words)
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayByAsync(customer, link, "paypal");
        await AtTheBankAsync(link, end);
        await ContinueAsync(customer, link);

        var failed = await customer.OpenAsync(link.Url + "/result");

        Assert.That(failed.Words, Does.Contain(words).And.Not.Contain("banca"));
        Assert.That((await customer.OpenAsync(link.Url)).Words, Does.Contain("PayPal"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_button_takes_the_customer_to_the_way_with_and_without_script(bool javaScript)
    {
        var link = await NewLinkAsync();
        await using var phone = await Browsers.OpenPhoneAsync(javaScript: javaScript);

        await phone.Page.GotoAsync(link.Url);
        Assert.That(await phone.Page.IsVisibleAsync("[value=applepay]"), Is.False, "this browser has none");
        await phone.Page.ClickAsync("[value=paypal]");
        await phone.Page.ArriveAtAsync(Paylinks.SandboxUrl + "/**");
        Assert.That(await phone.Page.TextContentAsync("h1"), Is.EqualTo("Pay with PayPal?"));
        await phone.Page.ClickAsync("[value=approve]");
        await phone.Page.ArriveAtAsync(link.Url + "/result*");

        Assert.That(await phone.Page.TextContentAsync("h1"), Is.EqualTo("Stiamo aspettando la risposta di PayPal."));
        phone.ShouldNotHaveComplained();
    }

    private static async Task<SeenPage> PayByAsync(Customer customer, CustomersLink link, string method)
    {
        var answer = await customer.SubmitAsync(await customer.OpenAsync(link.Url), "/pay", ("method", method));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Html);
        return answer;
    }
}
