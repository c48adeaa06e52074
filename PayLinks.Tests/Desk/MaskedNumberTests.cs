using System.Net;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Desk;

/// <summary>When the call is over, its number is masked for agents, and whoever looks again is written down.</summary>
public sealed class MaskedNumberTests : StaffFixture
{
    private const string Whole = "+39 347 123 4567";
    private const string Masked = "+39 347 *** **67";

    [Test]
    public async Task The_number_of_a_call_that_is_over_is_masked_wherever_an_agent_looks()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "maschera"));
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await SendAsync(agent, "over");
        var before = await agent.OpenAsync("/desk");
        await Paylinks.Merchant.CancelAsync(link);

        var desk = await agent.OpenAsync("/desk");
        var page = await agent.OpenAsync("/links/" + link);
        var list = await agent.OpenAsync("/links");

        Assert.That(before.Words, Does.Contain(Whole));
        foreach (var seen in new[] { desk, page, list })
        {
            Assert.That(seen.Words, Does.Contain(Masked), seen.Url.PathAndQuery);
            Assert.That(seen.Html, Does.Not.Contain("123 4567").And.Not.Contain("1234567"), seen.Url.PathAndQuery);
        }

        Assert.That((await owner.OpenAsync("/links/" + link)).Words, Does.Contain(Whole), "the owner's page");
        Assert.That((await owner.OpenAsync("/links")).Words, Does.Contain(Whole), "the owner's list");
        Assert.That((await Paylinks.Merchant.GetLinkAsync(link)).Messages[0].To, Is.EqualTo("+393471234567"));
    }

    [Test]
    public async Task Looking_again_is_written_down_once_and_ends()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "curioso"));
        var link = await SendAsync(agent, "look");
        await Paylinks.Merchant.CancelAsync(link);
        var desk = await agent.OpenAsync("/desk");

        var answer = await agent.SubmitAsync(desk, "/reveal");
        await agent.SubmitAsync(desk, "/reveal");
        var revealed = await agent.OpenAsync(answer.Location!.ToString());

        Assert.That(revealed.Words, Does.Contain(Whole).And.Contain("Recapito visibile per dieci minuti."));
        var page = await agent.OpenAsync("/links/" + link);
        Assert.That(page.Words, Does.Contain(Whole).And.Contain("Recapito visto da curioso"));
        Assert.That(await LooksAsync(link), Is.EqualTo(1));
        await Paylinks.Database.ExecuteAsync(
            """
            update event set created_at = created_at - interval '11 minutes'
            where type = 'link.number_revealed' and link_id = (select id from link where reference = 'look')
            """);
        Assert.That((await agent.OpenAsync("/desk")).Words, Does.Contain(Masked).And.Not.Contain(Whole));
    }

    [Test]
    public async Task What_one_agent_looks_at_no_other_sees_and_a_get_reveals_nothing()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "prima"));
        using var other = await SignedInAsync(await HireAsync("agent", "seconda"));
        var link = await SendAsync(agent, "not-yours");
        var token = (await other.OpenAsync("/desk")).FormTo("/desk").Hidden["antiforgery"];

        var refused = await PostAsync(other, $"/desk/{link}/reveal", token);
        await Paylinks.Merchant.CancelAsync(link);
        foreach (var path in new[] { $"/desk/{link}/reveal", "/desk?done=revealed" })
        {
            Assert.That((await agent.OpenAsync(path)).Words, Does.Not.Contain(Whole), path);
        }

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await LooksAsync(link), Is.Zero);
    }

    [Test]
    public async Task A_call_that_is_closed_leaves_the_desk_and_keeps_its_number_masked()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "finito"));
        var link = await SendAsync(agent, "bye");
        var desk = await agent.OpenAsync("/desk");

        var answer = await agent.SubmitAsync(desk, "/end");
        var again = await agent.SubmitAsync(desk, "/end");

        Assert.That(again.Location, Is.EqualTo(answer.Location));
        Assert.That(
            (await agent.OpenAsync(answer.Location!.ToString())).Words,
            Does.Contain("Chiamata chiusa").And.Not.Contain("bye"));
        var page = await agent.OpenAsync("/links/" + link);
        Assert.That(page.Words, Does.Contain(Masked).And.Contain("Chiamata chiusa da finito").And.Not.Contain(Whole));
        Assert.That(page.Words, Does.Contain("In attesa"), "the customer may still pay");
    }

    [Test]
    public async Task A_link_that_is_not_just_corrected_gives_no_number_back_to_the_form()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "furbo"));
        var link = await SendAsync(agent, "again");
        var open = await agent.OpenAsync("/desk?again=" + link);
        var answer = await agent.SubmitAsync(await agent.OpenAsync("/desk"), "/correct");
        var corrected = await agent.OpenAsync(answer.Location!.ToString());
        await Paylinks.Database.ExecuteAsync(
            "update link set canceled_at = canceled_at - interval '11 minutes' where reference = 'again'");

        var later = await agent.OpenAsync("/desk?again=" + link);

        Assert.That(WebUtility.HtmlDecode(corrected.Html), Does.Contain($"value=\"{Whole}\""));
        foreach (var page in new[] { open, later })
        {
            Assert.That(WebUtility.HtmlDecode(page.Html), Does.Not.Contain($"value=\"{Whole}\""));
        }
    }

    private async Task<int> LooksAsync(string link) => (await Paylinks.Merchant.EventsAsync(link))
        .Count(happened => happened.Type == "link.number_revealed");

    /// <returns>The link's id.</returns>
    private async Task<string> SendAsync(Customer agent, string reference)
    {
        var answer = await agent.SubmitAsync(
            await agent.OpenAsync("/desk"), "/desk", ("phone", "347 123 4567"), ("amount", "5"),
            ("reference", reference));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
        var id = await Paylinks.Database.ReadAsync<Guid>($"select id from link where reference = '{reference}'");
        return PublicId.Format(PublicId.Link, id);
    }
}
