using System.Net;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Desk;

/// <summary>A supervisor looks after the agents' calls.</summary>
public sealed class TeamTests : StaffFixture
{
    [Test]
    public async Task Open_links_of_all_agents_are_listed_with_what_to_say_and_filtered()
    {
        using var anna = await SignedInAsync(await HireAsync("agent", "anna-team"));
        using var bruno = await SignedInAsync(await HireAsync("agent", "bruno-team"));
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"));
        await SendAsync(anna, "of-anna");
        var brunos = await SendAsync(bruno, "of-bruno");
        await SendAsync(manager, "of-marta");
        var gone = await SendAsync(bruno, "of-yesterday");
        await Paylinks.Merchant.CancelAsync(PublicId.Format(PublicId.Link, gone));
        await HappenedAsync(brunos, EventTypes.LinkDeclined, seconds: 5);

        var all = await manager.OpenAsync("/desk/team");
        var byAgent = await manager.OpenAsync("/desk/team?agent=" + await MakerAsync(brunos));
        var byStage = await manager.OpenAsync("/desk/team?stage=NeedsHelp");

        Assert.That(
            all.Words,
            Does.Contain("of-anna").And.Contain("anna-team").And.Contain("of-bruno")
                .And.Contain("Il cliente ha rifiutato la richiesta.").And.Not.Contain("of-marta")
                .And.Not.Contain("of-yesterday"));
        foreach (var filtered in new[] { byAgent, byStage })
        {
            Assert.That(
                filtered.Words, Does.Contain("of-bruno").And.Not.Contain("of-anna"), filtered.Url.PathAndQuery);
        }

        Assert.That(all.Html, Does.Not.Contain("3471234567").And.Not.Contain("347 123 4567"), "no number");
    }

    [Test]
    public async Task Agents_do_not_see_the_team_and_nobody_another_merchants()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "fuori"));
        var link = await SendAsync(agent, "not-for-strangers");
        using var stranger = await SignedInAsync(
            await HireAsync("owner", "estranea", await FoundMerchantAsync("Panificio Verdi")));
        var strangers = await stranger.OpenAsync("/desk/team");
        var id = PublicId.Format(PublicId.Link, link);

        var agents = await PostAsync(
            agent, $"/desk/{id}/take-over", (await agent.OpenAsync("/desk")).FormTo("/desk").Hidden["antiforgery"]);
        var foreign = await PostAsync(
            stranger, $"/desk/{id}/take-over", strangers.FormTo("/sign-out").Hidden["antiforgery"]);

        Assert.That((await agent.OpenAsync("/desk/team")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(agents.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(strangers.Words, Does.Contain("Nessun link aperto.").And.Not.Contain("not-for-strangers"));
    }

    [Test]
    public async Task A_card_that_is_taken_over_moves_to_the_supervisors_desk_once()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "passa"));
        using var manager = await SignedInAsync(await HireAsync("manager", "prende"));
        var link = await SendAsync(agent, "moves");
        var team = await manager.OpenAsync("/desk/team?agent=" + await MakerAsync(link));

        var answer = await manager.SubmitAsync(team, "/take-over");
        await manager.SubmitAsync(team, "/take-over");
        var desk = await manager.OpenAsync(answer.Location!.ToString());

        Assert.That(desk.Words, Does.Contain("Il link è ora sul tuo sportello.").And.Contain("moves"));
        Assert.That((await agent.OpenAsync("/desk")).Words, Does.Not.Contain("moves"));
        var id = PublicId.Format(PublicId.Link, link);
        Assert.That((await agent.OpenAsync("/links/" + id)).Words, Does.Contain("Preso in carico da prende"));
        Assert.That(
            (await Paylinks.Merchant.EventsAsync(id)).Count(happened => happened.Type == EventTypes.LinkTakenOver),
            Is.EqualTo(1));
        Assert.That((await manager.OpenAsync("/desk/team")).Words, Does.Contain("sul tuo sportello"));
        var extended = await manager.SubmitAsync(desk, "/extend");
        Assert.That(extended.Location!.ToString(), Does.StartWith("/desk?"), "the supervisor goes on with the call");
    }

    [Test]
    public async Task What_is_over_cannot_be_taken_over()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "tardi"));
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await SendAsync(agent, "too-late");
        var team = await owner.OpenAsync("/desk/team?agent=" + await MakerAsync(link));
        await Paylinks.Merchant.CancelAsync(PublicId.Format(PublicId.Link, link));

        var answer = await owner.SubmitAsync(team, "/take-over");

        Assert.That(answer.Location!.ToString(), Is.EqualTo("/desk/team?refused=link_canceled"));
        Assert.That(
            (await owner.OpenAsync(answer.Location.ToString())).Words, Does.Contain("Non più possibile: è annullato."));
    }

    [Test]
    public async Task Medians_and_failures_of_today_name_nobody()
    {
        var merchantId = await FoundMerchantAsync("Sartoria Bianchi");
        using var agent = await SignedInAsync(await HireAsync("agent", "conta", merchantId));
        using var owner = await SignedInAsync(await HireAsync("owner", "guarda", merchantId), "en-GB");
        (string, int, int)[] made = [("a", 10, 60), ("b", 30, 90), ("c", 200, 400), ("old", 1, 1)];
        foreach (var (reference, opened, paid) in made)
        {
            var link = await SendAsync(agent, "median-" + reference);
            await HappenedAsync(link, EventTypes.LinkSent, merchantId: merchantId);
            await HappenedAsync(link, EventTypes.LinkOpened, opened, merchantId);
            await HappenedAsync(link, EventTypes.LinkPaid, opened + paid, merchantId);
        }

        // Days that begin while the test runs change nothing: the one is long gone, the others are still to come.
        await Paylinks.Database.ExecuteAsync(
            """
            update link set created_at = created_at +
                case when reference = 'median-old' then interval '-26 hours' else interval '1 hour' end
            where reference like 'median-%';
            update message m set status = 'failed', reason = 'unknown_number', finished_at = now(), lease_until = null
            from link l where l.id = m.link_id and l.reference in ('median-a', 'median-old')
            """);

        var team = await owner.OpenAsync("/desk/team");

        Assert.That(team.Words, Does.Match(@"Sent to opened\s+30 s \(3 links\)"));
        Assert.That(team.Words, Does.Match(@"Opened to paid\s+1 min \(3 links\)"));
        Assert.That(team.Words, Does.Match(@"How many\s+Italy\s+\S.*?\s+1\s"));
        Assert.That(team.Html, Does.Not.Contain("3471234567").And.Not.Contain("347 123 4567"));
    }

    private async Task<Guid> SendAsync(Customer staff, string reference)
    {
        var answer = await staff.SubmitAsync(
            await staff.OpenAsync("/desk"), "/desk", ("phone", "347 123 4567"), ("amount", "5"),
            ("reference", reference));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
        return await Paylinks.Database.ReadAsync<Guid>($"select id from link where reference = '{reference}'");
    }

    private Task<string> MakerAsync(Guid link) =>
        Paylinks.Database.ReadAsync<string>($"select created_by from link where id = '{link}'");

    /// <summary>Writes an event, so many seconds after the link was made.</summary>
    private async Task HappenedAsync(Guid link, string type, int seconds = 0, Guid? merchantId = null)
    {
        await using (var transaction = await Paylinks.Database.App.BeginAsync(merchantId ?? Paylinks.MerchantId))
        {
            await transaction.RecordAsync(new NewEvent(link, type, "customer"));
            await transaction.CommitAsync();
        }

        await Paylinks.Database.ExecuteAsync(
            """
            update event e set created_at = l.created_at + @seconds * interval '1 second'
            from link l where l.id = e.link_id and l.id = @link and e.type = @type
            """,
            new { link, type, seconds });
    }
}
