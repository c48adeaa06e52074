using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

/// <summary>What is made from a link that exists: another like it, and a poster.</summary>
public sealed class LikeAndPosterTests : StaffFixture
{
    [Test]
    public async Task Another_link_like_this_one_is_a_form_filled_in()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var order = Merchant.Order("1234.50");
        order["customer"] = new { name = "Anna", phone = "+39 347 123 4567", locale = "de-DE" };
        var link = await Paylinks.Merchant.CreateLinkAsync(order);
        var page = await owner.OpenAsync($"/links/{link.Id}");
        Assert.That(page.Html, Does.Contain($"href=\"/links/new?like={link.Id}\""));

        var form = await owner.OpenAsync($"/links/new?like={link.Id}");
        Assert.That(form.Html, Does.Contain("value=\"1.234,50\"").And.Contain("value=\"Anna\"")
            .And.Contain("value=\"1042\"").And.Match("value=\"de\"[^>]*selected"));
        var answer = await owner.SubmitAsync(
            form, "/links/new", ("amount", "1.234,50"), ("description", "Ordine 1042: trapano"), ("onlyLink", "on"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answer.Location!.ToString(), Does.Not.Contain(link.Id), "another link");
        Assert.That((await owner.OpenAsync("/links/new?like=pl_none")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        using var agent = await SignedInAsync(TestSystem.Agent);
        Assert.That(
            (await agent.OpenAsync($"/links/new?like={link.Id}")).Status, Is.EqualTo(HttpStatusCode.NotFound),
            "not the agent's own");
    }

    [Test]
    public async Task A_poster_says_what_customers_need_to_trust_it_in_their_language()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await Paylinks.Merchant.CreateLinkAsync();

        var poster = await owner.OpenAsync($"/links/{link.Id}/poster?size=a6");
        await Paylinks.Merchant.CancelAsync(link.Id);

        Assert.That(poster.Words, Does.Contain("Inquadra per pagare").And.Contain("49,90").And.Contain(link.Url)
            .And.Contain("Ferramenta Rossi").And.Contain($"{Paylinks.ApiUrl}/p/"));
        Assert.That(poster.Html, Does.Contain("class=\"a6\"").And.Contain($"/links/{link.Id}/qr.svg"));
        Assert.That(
            (await owner.OpenAsync($"/links/{link.Id}/poster")).Status, Is.EqualTo(HttpStatusCode.NotFound),
            "nobody can pay it");
    }
}
