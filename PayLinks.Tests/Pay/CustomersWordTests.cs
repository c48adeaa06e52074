using System.Net;
using System.Text.RegularExpressions;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Pay;

/// <summary>What a customer says without paying reaches the merchant, once, and a new link is one click.</summary>
public sealed partial class CustomersWordTests : StaffFixture
{
    [Test]
    public async Task Who_asks_for_a_new_link_gets_this_one_back_with_one_click()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var customer = Paylinks.NewCustomer();
        var link = await NewLinkAsync(owner);
        var url = UrlOf(await owner.OpenAsync(link));
        await ExpireAsync(link);

        var answer = await customer.SubmitAsync(await customer.OpenAsync(url), "/ask");
        var said = await customer.OpenAsync(Paylinks.ApiUrl + answer.Location);
        await customer.SubmitAsync(await customer.OpenAsync(url), "/ask");
        Assert.That(said.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(said.Words, Does.Contain("Fatto. Ferramenta Rossi sa che ti serve un nuovo link."));
        Assert.That(await EventsAsync(link), Is.EqualTo(new[] { "link.created", "link.asked" }), "however often");
        Assert.That(await NoticesAsync(link), Is.EqualTo(new[] { "asked to orders@example.test: queued" }));

        var page = await owner.OpenAsync(link);
        Assert.That(
            page.Words, Does.Contain("Il cliente chiede un nuovo link (").And.Contain("Riapri per altri 3 giorni"));
        var reopened = await owner.SubmitAsync(page, "/extend");
        Assert.That(
            (await owner.OpenAsync(reopened.Location!.ToString())).Words,
            Does.Contain("Prolungato.").And.Not.Contain("Il cliente chiede un nuovo link ("));
        Assert.That((await customer.OpenAsync(url)).Words, Does.Contain("Paga 49,90"), "at the same address");

        await ExpireAsync(link);
        await customer.SubmitAsync(await customer.OpenAsync(url), "/ask");
        Assert.That(await NoticesAsync(link), Has.Count.EqualTo(2), "a new end is a new question");
    }

    [Test]
    public async Task Who_does_not_recognise_a_link_tells_the_merchant_and_stops_nothing()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var customer = Paylinks.NewCustomer();
        var link = await NewLinkAsync(owner);
        var url = UrlOf(await owner.OpenAsync(link));
        var form = await customer.OpenAsync(url);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => customer.SubmitAsync(form, "/decline")));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(await EventsAsync(link), Is.EqualTo(new[] { "link.created", "link.declined" }));
        Assert.That(await NoticesAsync(link), Is.EqualTo(new[] { "declined to orders@example.test: queued" }));
        var page = await owner.OpenAsync(link);
        Assert.That(page.Words, Does.Contain("Chi ha ricevuto il link non riconosce la richiesta ("));
        Assert.That((await customer.OpenAsync(url)).Words, Does.Contain("Paga 49,90"));
    }

    // As if it had been made long ago.
    private Task<int> ExpireAsync(string link) => Paylinks.Database.ExecuteAsync(
        """
        update link set created_at = created_at - interval '9 days', expires_at = paylinks_now() - interval '1 day'
        where id = @id
        """,
        new { id = IdOf(link) });

    private Task<IReadOnlyList<string>> EventsAsync(string link) => Paylinks.Database.QueryAsync<string>(
        "select type from event where link_id = @id order by sequence", new { id = IdOf(link) });

    private Task<IReadOnlyList<string>> NoticesAsync(string link) => Paylinks.Database.QueryAsync<string>(
        """
        select customer_said || ' to ' || recipient || ': ' || status from message
        where link_id = @id and purpose = 'notice' and channel = 'email' and locale = 'it' order by id
        """,
        new { id = IdOf(link) });

    private static Guid IdOf(string link) => PublicId.TryParse(PublicId.Link, link.Split('/')[^1], out var id)
        ? id
        : throw new InvalidOperationException($"{link} is no link's page.");

    private static string UrlOf(SeenPage page) => Address().Match(page.Html).Groups["url"].Value;

    [GeneratedRegex("id=\"url\" readonly value=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
