using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Pay;

namespace PayLinks.Tests.OptOuts;

/// <summary>A customer says on the link's own page, or with a mail program's button, that it is enough.</summary>
public sealed class StopPageTests : PayFixture
{
    private const string Email = "anna@example.test";
    private const string Phone = "+393471234567";

    [SetUp]
    public Task NobodyHasOptedOut() => Paylinks.Database.ExecuteAsync("delete from opt_out");

    [Test]
    public async Task Every_page_of_a_link_leads_there()
    {
        using var customer = Paylinks.NewCustomer();
        var live = await NewLinkAsync();
        var underWay = await NewLinkAsync();
        await PayAsync(customer, underWay);
        var paid = await NewLinkAsync();
        await PayAsync(customer, paid, "4000000000000002");
        var refused = await NewLinkAsync();
        await PayAsync(customer, refused, "4000000000000010");
        var canceled = await NewLinkAsync();
        await Paylinks.Database.ExecuteAsync(
            "update link set status = 'canceled', canceled_at = paylinks_now() where id = @Id", canceled);
        var expired = await NewLinkAsync();
        await Paylinks.Database.ExecuteAsync(
            """
            update link set created_at = created_at - interval '9 days', expires_at = created_at - interval '1 day'
            where id = @Id
            """,
            expired);

        string[] urls =
        [
            live.Url, live.Url + "?said=declined", underWay.Url, underWay.Url + "/result", paid.Url,
            paid.Url + "/result", refused.Url + "/result", canceled.Url, expired.Url, expired.Url + "?said=asked",
        ];
        foreach (var url in urls)
        {
            var token = new Uri(url).Segments[2].TrimEnd('/');
            Assert.That((await customer.OpenAsync(url)).Html, Does.Contain($"href=\"/p/{token}/stop\""), url);
            Assert.That((await customer.OpenAsync(url)).Words, Does.Contain("Non scrivermi più"), url);
        }

        Assert.That((await customer.OpenAsync(Paylinks.ApiUrl + "/p/none")).Html, Does.Not.Contain("/stop"));
    }

    [Test]
    public async Task A_scanner_that_fetches_it_twenty_times_opts_nobody_out()
    {
        var link = await NewLinkAsync();
        using var scanner = Paylinks.NewCustomer();
        for (var i = 0; i < 20; i++)
        {
            Assert.That((await scanner.OpenAsync(link.Url + "/stop")).Status, Is.EqualTo(HttpStatusCode.OK));
            await scanner.SendAsync(new HttpRequestMessage(HttpMethod.Head, link.Url + "/stop"));
            await scanner.OpenAsync(link.Url + "/stop?choice=stop&List-Unsubscribe=One-Click");
        }

        Assert.That(await OptOutsAsync(), Is.Empty);
        Assert.That(await EventsOfAsync(link), Is.Empty);
    }

    [Test]
    public async Task One_tap_ends_texts_and_emails_of_this_merchant_and_another_brings_them_back()
    {
        var foreign = await AnotherMerchantAsync();
        var link = await NewLinkToBothAsync();
        using var customer = Paylinks.NewCustomer();

        var question = await customer.OpenAsync(link.Url + "/stop");
        Assert.That(question.Words, Does.Contain("Non vuoi più messaggi da Ferramenta Rossi?"));
        var done = await customer.SubmitAsync(question, "/stop", ("choice", "stop"));
        Assert.That(done.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { $"email {Email} page out", $"sms {Phone} page out" }));
        Assert.That(await OutOfAsync(foreign), Is.Zero, "only this merchant");

        var confirmed = await customer.OpenAsync(new Uri(done.Url, done.Location!).ToString());
        Assert.That(
            confirmed.Words,
            Does.Contain("Ferramenta Rossi non ti scriverà più.").And.Contain("Scrivimi di nuovo")
                .And.Not.Contain("Non scrivermi più"));
        await customer.SubmitAsync(confirmed, "/stop", ("choice", "return"));

        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { $"email {Email} page in", $"sms {Phone} page in" }));
        Assert.That(await EventsOfAsync(link), Is.Empty, "no event fits");
        Assert.That(
            (await customer.OpenAsync(link.Url + "?lang=en")).Status, Is.EqualTo(HttpStatusCode.OK),
            "the link can be paid all the while");
    }

    [Test]
    public async Task Whoever_had_the_link_before_the_number_was_mended_is_left_alone_too()
    {
        var link = await NewLinkToBothAsync();
        await Paylinks.Database.ExecuteAsync(
            """
            insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane,
                callback_key_hash, callback_key_cipher, due_at, created_at)
            values (@MerchantId, gen_random_uuid(), @Id, 'test', 'sms', 'link', '+393470000099', 'it-IT', 1, '\x00',
                '\x00', now(), now())
            """,
            new { Paylinks.MerchantId, link.Id });
        using var stranger = Paylinks.NewCustomer();

        await stranger.SubmitAsync(await stranger.OpenAsync(link.Url + "/stop"), "/stop", ("choice", "stop"));

        Assert.That(await OptOutsAsync(), Has.Member("sms +393470000099 page out"));
        Assert.That(
            await Paylinks.Database.ReadAsync<string>(
                "select status || ' ' || reason from message where link_id = @Id", link),
            Is.EqualTo("suppressed opted_out"));
    }

    [Test]
    public async Task A_post_that_our_page_did_not_make_is_asked_to_use_the_page()
    {
        var link = await NewLinkToBothAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.OpenAsync(link.Url + "/stop");

        var noField = await PostAsync(customer, link, ("choice", "stop"));
        var wrongField = await PostAsync(customer, link, ("choice", "stop"), ("antiforgery", "made up"));
        var noChoice = await PostAsync(customer, link);
        var otherWord = await PostAsync(customer, link, ("List-Unsubscribe", "Perhaps"));
        var noForm = await customer.SendAsync(new HttpRequestMessage(HttpMethod.Post, link.Url + "/stop")
        {
            Content = new StringContent("{}"),
        });

        Assert.That(noField.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(wrongField.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        foreach (var answer in new[] { noChoice, otherWord, noForm })
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Words, Does.Contain("Non vuoi più messaggi"), "the page to do it with");
        }

        Assert.That(await OptOutsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_mail_programs_button_needs_no_page_and_ends_emails_only()
    {
        var link = await NewLinkToBothAsync();
        using var mailProgram = Paylinks.NewCustomer(acceptLanguage: null);

        for (var i = 0; i < 3; i++)
        {
            var answer = await PostAsync(mailProgram, link, ("List-Unsubscribe", "One-Click"), ("choice", "return"));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), "no redirect");
        }

        using var parts = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        var other = await NewLinkToBothAsync();
        var multipart = await mailProgram.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, other.Url + "/stop") { Content = parts });
        var unknown = await PostAsync(
            mailProgram, new CustomersLink(Guid.Empty, Paylinks.ApiUrl + "/p/none"), ("List-Unsubscribe", "One-Click"));

        Assert.That(multipart.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { $"email {Email} page out" }));
        using var customer = Paylinks.NewCustomer();
        var page = await customer.OpenAsync(link.Url + "/stop");
        Assert.That(
            page.Words, Does.Contain("Non scrivermi più").And.Contain("Scrivimi di nuovo"), "the texts can end too");
    }

    [Test]
    public async Task What_was_texted_is_taken_back_by_a_text()
    {
        var link = await NewLinkToBothAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.SubmitAsync(await customer.OpenAsync(link.Url + "/stop"), "/stop", ("choice", "stop"));
        await Paylinks.Database.ExecuteAsync("update opt_out set source = 'reply' where channel = 'sms'");

        var page = await customer.OpenAsync(link.Url + "/stop");
        Assert.That(page.Words, Does.Contain("rispondi START al numero che ti ha scritto"));
        await customer.SubmitAsync(page, "/stop", ("choice", "return"));

        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { $"email {Email} page in", $"sms {Phone} reply out" }));
    }

    [Test]
    public async Task Coming_back_is_bounded_and_leaving_is_not()
    {
        var link = await NewLinkToBothAsync();
        using var customer = Paylinks.NewCustomer();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            await customer.SubmitAsync(await customer.OpenAsync(link.Url + "/stop"), "/stop", ("choice", "stop"));
            answers.Add((await customer.SubmitAsync(
                await customer.OpenAsync(link.Url + "/stop"), "/stop", ("choice", "return"))).Status);
        }

        Assert.That(answers, Is.EqualTo(new[]
        {
            HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests,
        }));
        Assert.That(await OptOutsAsync(), Has.All.EndsWith("out"));
    }

    private static async Task<SeenPage> PostAsync(
        Customer from, CustomersLink link, params IEnumerable<(string Name, string Value)> fields) =>
        await from.SendAsync(new HttpRequestMessage(HttpMethod.Post, link.Url + "/stop")
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    private async Task<CustomersLink> NewLinkToBothAsync()
    {
        var link = await NewLinkAsync();
        await Paylinks.Database.ExecuteAsync(
            "update link set customer_phone = @Phone where id = @Id", new { Phone, link.Id });
        return link;
    }

    private async Task<Guid> AnotherMerchantAsync()
    {
        var id = Guid.CreateVersion7();
        await Paylinks.Database.ExecuteAsync(
            """
            insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from)
            select @id, 'Another', country, language, time_zone, currency, email, sms_sender, email_from from merchant
            """,
            new { id });
        return id;
    }

    private Task<int> OutOfAsync(Guid merchant) => Paylinks.Database.ReadAsync<int>(
        "select count(*)::int from opt_out where merchant_id = @merchant", new { merchant });

    private Task<IReadOnlyList<string>> OptOutsAsync() => Paylinks.Database.QueryAsync<string>(
        """
        select concat_ws(' ', channel, recipient, source, case when opted_in_at is null then 'out' else 'in' end)
        from opt_out order by 1
        """);
}
