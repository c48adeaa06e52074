using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Pay;

public sealed class PayingALinkTests : PayFixture
{
    private const string InsufficientFundsCard = "4000000000000028";
    private const string PaidAtOnceCard = "4000000000000002";
    private const string RefusedAtOnceCard = "4000000000000010";

    [Test]
    public async Task A_card_leads_to_the_bank_and_back_to_thanks()
    {
        var link = await NewLinkAsync(returnUrl: "https://shop.example.test/thanks?order=1042");
        using var customer = Paylinks.NewCustomer();

        var answer = await PayAsync(customer, link);
        Assert.That(answer.Location!.ToString(), Does.EndWith("/result?go=1"));
        var onTheWay = await customer.OpenAsync(link.Url + "/result?go=1");
        var booking = await BookingOfAsync(link);
        Assert.That(onTheWay.Html, Does.Contain("http-equiv=\"refresh\" content=\"0;url=" + Paylinks.SandboxUrl));
        Assert.That(booking.Amount, Is.EqualTo(new Amount("49.90", "EUR")));
        Assert.That(booking.Method, Is.EqualTo("creditcard"));
        Assert.That(booking.WebhookUrl, Does.StartWith(Paylinks.ApiUrl + "/callbacks/mollie/p"));
        Assert.That((await customer.OpenAsync(link.Url + "/result")).Words, Does.Contain("Non pagare di nuovo."));

        await AtTheBankAsync(link, "paid");
        await ContinueAsync(customer, link);
        var thanks = await customer.OpenAsync(link.Url + "/result");

        Assert.That(thanks.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(thanks.Words, Does.Contain("Pagato. Grazie!").And.Contain("49,90").And.Contain("Visa •••• 9996")
            .And.Contain("Torna a shop.example.test"));
        Assert.That(await StatusOfAsync(link), Is.EqualTo("paid"));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(1));
    }

    [Test]
    public async Task Only_the_browser_that_paid_sees_the_cards_digits()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        using var stranger = Paylinks.NewCustomer();

        await PayAsync(customer, link, PaidAtOnceCard);
        var own = await customer.OpenAsync(link.Url);
        var strangers = await stranger.OpenAsync(link.Url);

        Assert.That(own.Words, Does.Contain("è già stata pagata il").And.Contain("•••• 0002"));
        Assert.That(strangers.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(strangers.Words, Does.Contain("è già stata pagata il").And.Contain("Non serve altro."));
        Assert.That(strangers.Html, Does.Not.Contain("0002"));
    }

    [Test]
    public async Task Twenty_taps_at_once_make_one_payment()
    {
        var link = await NewLinkAsync();
        var customers = Enumerable.Range(0, 20).Select(_ => Paylinks.NewCustomer()).ToList();
        var pages = await Task.WhenAll(customers.Select(customer => customer.OpenAsync(link.Url)));
        var tokens = await Task.WhenAll(customers.Select(_ => Paylinks.Sandbox.CardTokenAsync()));

        var answers = await Task.WhenAll(customers.Select((customer, i) =>
            customer.SubmitAsync(pages[i], "/pay", ("cardToken", tokens[i]))));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answers.Select(answer => answer.Location!.ToString()), Has.All.EndsWith("/result?go=1"));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(1));
        Assert.That(await CountAtMollieAsync(link), Is.EqualTo(1));
        customers.ForEach(customer => customer.Dispose());
    }

    [Test]
    public async Task Who_taps_again_while_Mollie_is_slow_gets_to_the_bank_with_the_first_tap()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        var page = await customer.OpenAsync(link.Url);
        var token = await Paylinks.Sandbox.CardTokenAsync();
        await Paylinks.Sandbox.FailAsync("mollie", "createPayment", "slow", seconds: 2);

        var answers = await Task.WhenAll(
            customer.SubmitAsync(page, "/pay", ("cardToken", token)),
            customer.SubmitAsync(page, "/pay", ("cardToken", token)));

        Assert.That(answers.Select(answer => answer.Location?.ToString()), Has.All.EndsWith("/result?go=1"));
        Assert.That(await CountAtMollieAsync(link), Is.EqualTo(1));
    }

    [Test]
    public async Task Twenty_who_ask_at_once_whether_it_is_paid_pay_it_once()
    {
        var link = await NewLinkAsync();
        var customers = Enumerable.Range(0, 20).Select(_ => Paylinks.NewCustomer()).ToList();
        await PayAsync(customers[0], link);
        var pages = await Task.WhenAll(customers.Select(customer => customer.OpenAsync(link.Url)));
        await AtTheBankAsync(link, "paid");

        var answers = await Task.WhenAll(customers.Select((customer, i) => customer.SubmitAsync(pages[i], "/pay")));

        Assert.That(answers.Select(answer => answer.Location!.ToString()), Has.All.EndsWith("/result"));
        var surplus = await Paylinks.Database.ReadAsync<int>(
            "select count(*)::int from payment where link_id = @Id and surplus", link);
        Assert.That(surplus, Is.Zero);
        Assert.That((await EventsOfAsync(link)).Count(type => type == "link.paid"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_declined_card_says_why_and_another_card_pays_the_same_link()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        await PayAsync(customer, link, InsufficientFundsCard);
        await AtTheBankAsync(link, "failed", "insufficient_funds");
        await ContinueAsync(customer, link);
        var failed = await customer.OpenAsync(link.Url + "/result");
        var again = await customer.OpenAsync(link.Url);

        Assert.That(failed.Words, Does.Contain("Fondi o limite insufficienti. Usa un'altra carta."));
        Assert.That(failed.Html, Does.Contain($"href=\"{new Uri(link.Url).AbsolutePath}\""));
        Assert.That(again.Words, Does.Contain("Fondi o limite insufficienti. Usa un'altra carta."));

        await PayAsync(customer, link);
        await AtTheBankAsync(link, "paid");
        await ContinueAsync(customer, link);

        Assert.That(await StatusOfAsync(link), Is.EqualTo("paid"));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(2));
    }

    [Test]
    public async Task A_card_refused_at_once_leads_back_to_the_same_page_with_the_reason()
    {
        var link = await NewLinkAsync("en-GB");
        using var customer = Paylinks.NewCustomer();

        var answer = await PayAsync(customer, link, RefusedAtOnceCard);
        var page = await customer.OpenAsync(link.Url);

        Assert.That(answer.Location!.ToString(), Is.EqualTo(new Uri(link.Url).AbsolutePath));
        Assert.That(page.Words, Does.Contain("Your bank refused. Nothing was charged."));
        Assert.That(await StatusOfAsync(link), Is.EqualTo("open"));
    }

    [Test]
    public async Task A_used_card_token_is_told_as_a_card_to_type_again()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        var answer = await customer.PayAsync(link.Url, "tkn_neverissuedtest");
        var page = await customer.OpenAsync(link.Url);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(page.Words, Does.Contain("scrivili di nuovo"));
    }

    [Test]
    public async Task A_suspicion_of_fraud_is_named_to_nobody()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link);
        await AtTheBankAsync(link, "failed", "possible_fraud");
        await ContinueAsync(customer, link);

        var status = await customer.StatusAsync(link.Url);
        var pages = new[] { await customer.OpenAsync(link.Url), await customer.OpenAsync(link.Url + "/result") };

        Assert.That(status, Is.EqualTo(new PageStatus("open", new PageStatusPayment("failed", "refused_by_issuer"))));
        Assert.That(pages.Select(page => page.Html), Has.All.Contains("La banca ha rifiutato il pagamento."));
        Assert.That(pages.Select(page => page.Html), Has.None.Contains("fraud").And.None.Contains("frod"));
    }

    [Test]
    public async Task Who_left_the_bank_goes_on_with_the_same_payment()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link);

        var page = await customer.OpenAsync(link.Url);
        var again = await customer.SubmitAsync(page, "/pay");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Words, Does.Contain("Un pagamento è già iniziato").And.Contain("Riprendi il pagamento"));
        Assert.That(again.Location!.ToString(), Does.EndWith("/result?go=1"));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_left_the_bank_can_use_another_card_and_still_pays_once()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link);

        var back = await customer.SubmitAsync(await customer.OpenAsync(link.Url), "/pay", ("another", "card"));
        Assert.That(back.Location!.ToString(), Is.EqualTo(new Uri(link.Url).AbsolutePath));
        await PayAsync(customer, link);
        await AtTheBankAsync(link, "paid");
        await ContinueAsync(customer, link);

        Assert.That(await StatusOfAsync(link), Is.EqualTo("paid"));
        Assert.That(await PaymentsOfAsync(link), Is.EqualTo(2));
        var underWay = await Paylinks.Database.ReadAsync<int>(
            "select count(*)::int from payment where link_id = @Id and status = 'open' and superseded_at is null",
            link);
        Assert.That(underWay, Is.Zero);
    }

    [Test]
    public async Task Without_a_card_token_the_customer_chooses_on_the_providers_own_page()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        var answer = await customer.SubmitAsync(
            await customer.OpenAsync(link.Url), "/pay", ("method", "hosted"), ("email", "anna@example.test"));

        Assert.That(answer.Location!.ToString(), Does.EndWith("/result?go=1"));
        var receipts = await Paylinks.Database.ReadAsync<string>(
            "select receipt_email from payment where link_id = @Id", link);
        Assert.That(receipts, Is.EqualTo("anna@example.test"));
    }

    [Test]
    public async Task A_form_without_its_hidden_field_or_cookie_is_refused()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        using var stranger = Paylinks.NewCustomer();
        var page = await customer.OpenAsync(link.Url);

        var withoutField = await customer.SubmitAsync(page, "/pay", ("antiforgery", ""), ("method", "hosted"));
        var withoutCookie = await stranger.SubmitAsync(page, "/pay", ("method", "hosted"));
        var noForm = await customer.SendAsync(new HttpRequestMessage(HttpMethod.Post, link.Url + "/pay")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        });

        Assert.That(withoutField.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(withoutField.Words, Does.Contain("Questa pagina è rimasta aperta troppo a lungo."));
        Assert.That(withoutCookie.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(noForm.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await PaymentsOfAsync(link), Is.Zero);
    }

    [Test]
    public async Task What_is_no_card_token_is_refused_and_neither_kept_nor_shown()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        var answer = await customer.PayAsync(link.Url, SandboxBooks.GoodCard);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Html, Does.Not.Contain(SandboxBooks.GoodCard));
        Assert.That(await Paylinks.Database.FindTextAsync(SandboxBooks.GoodCard), Is.Empty);
        Assert.That(await PaymentsOfAsync(link), Is.Zero);
    }

    [Test]
    public async Task A_wrong_email_is_said_beside_its_field_and_kept()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();

        var answer = await customer.SubmitAsync(
            await customer.OpenAsync(link.Url), "/pay", ("method", "hosted"), ("email", "anna@example"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Html, Does.Contain("value=\"anna@example\"").And.Contain("aria-invalid=\"true\""));
        Assert.That(await PaymentsOfAsync(link), Is.Zero);
    }

    [Test]
    public async Task A_payment_begun_before_expiry_may_end_after_it()
    {
        var link = await NewLinkAsync(expiresIn: TimeSpan.FromMinutes(5));
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link);
        await AtTheBankAsync(link, "paid");
        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(6));

        var page = await customer.OpenAsync(link.Url);
        await customer.SubmitAsync(page, "/pay");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusOfAsync(link), Is.EqualTo("paid"));
    }
}
