using System.Net;
using System.Text.Json;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Live;

public sealed class LiveTests : StaffFixture
{
    [Test]
    public async Task What_happens_arrives_with_a_place_to_go_on_from()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await using var stream = await LiveFeed.OpenAsync(Paylinks, owner);

        var link = await Paylinks.Merchant.CreateLinkAsync();

        await HearAsync(stream, (link.Id, "link.created"));
        Assert.That(stream.Place, Does.Match("^[0-9]+\\.[0-9a-f]{32}$"));
    }

    [Test]
    public async Task Nothing_is_lost_while_a_browser_is_away()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        string place;
        await using (var stream = await LiveFeed.OpenAsync(Paylinks, owner))
        {
            await HearAsync(stream, ((await Paylinks.Merchant.CreateLinkAsync()).Id, "link.created"));
            place = stream.Place;
        }

        var missed = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            missed.Add((await Paylinks.Merchant.CreateLinkAsync()).Id);
        }

        await using var again = await LiveFeed.OpenAsync(Paylinks, owner, place);
        foreach (var link in missed)
        {
            await HearAsync(again, (link, "link.created"));
        }
    }

    [Test]
    public async Task An_event_that_commits_late_holds_nobody_up_and_is_not_skipped()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var slow = await Paylinks.Merchant.CreateLinkAsync();
        Assert.That(PublicId.TryParse(PublicId.Link, slow.Id, out var slowId));

        // Its transaction begins before the quick one's and ends after it.
        string place;
        await using var late = await Paylinks.Database.App.BeginAsync(Paylinks.MerchantId);
        await late.RecordAsync(new NewEvent(slowId, EventTypes.LinkOpened, "customer"));
        await using (var stream = await LiveFeed.OpenAsync(Paylinks, owner))
        {
            var quick = await Paylinks.Merchant.CreateLinkAsync();
            await HearAsync(stream, (quick.Id, "link.created"));
            place = stream.Place;
        }

        await late.CommitAsync();
        await using var again = await LiveFeed.OpenAsync(Paylinks, owner, place);

        await HearAsync(again, (slow.Id, "link.opened"));
    }

    [Test]
    public async Task A_late_event_reaches_a_screen_that_never_went_away()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var slow = await Paylinks.Merchant.CreateLinkAsync();
        Assert.That(PublicId.TryParse(PublicId.Link, slow.Id, out var slowId));
        await using var late = await Paylinks.Database.App.BeginAsync(Paylinks.MerchantId);
        await late.RecordAsync(new NewEvent(slowId, EventTypes.LinkOpened, "customer"));
        await using var stream = await LiveFeed.OpenAsync(Paylinks, owner);
        var quick = await Paylinks.Merchant.CreateLinkAsync();
        await HearAsync(stream, (quick.Id, "link.created"));

        await late.CommitAsync();

        await HearAsync(stream, (slow.Id, "link.opened"));
    }

    [Test]
    public async Task An_agent_hears_of_own_links_only_and_nobody_of_another_merchants()
    {
        using var agent = await SignedInAsync(await HireAsync("agent", "nuovo"));
        using var stranger = await SignedInAsync(
            await HireAsync("owner", "bruno", await FoundMerchantAsync("Panificio Verdi")));
        await using var agents = await LiveFeed.OpenAsync(Paylinks, agent);
        await using var strangers = await LiveFeed.OpenAsync(Paylinks, stranger);

        await Paylinks.Merchant.CreateLinkAsync();
        var own = await NewLinkAsync(agent);
        var elsewhere = await NewLinkAsync(stranger);

        // Neither had a link before, so the first thing either hears of is their own.
        Assert.That((await NextLinkAsync(agents)).Link, Is.EqualTo(own.Split('/')[^1]));
        Assert.That((await NextLinkAsync(strangers)).Link, Is.EqualTo(elsewhere.Split('/')[^1]));
    }

    [Test]
    public async Task No_personal_data_travels_on_the_stream()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await using var stream = await LiveFeed.OpenAsync(Paylinks, owner);

        await Paylinks.Merchant.CreateLinkAsync("sms");
        var told = JsonDocument.Parse((await stream.NextAsync("link"))!).RootElement;

        Assert.That(
            told.EnumerateObject().Select(property => property.Name), Is.EquivalentTo(["link", "sequence", "type"]));
    }

    [Test]
    public async Task Signing_out_ends_the_stream()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var other = owner.WithSameCookies();
        await using var stream = await LiveFeed.OpenAsync(Paylinks, other);

        await owner.SubmitAsync(await owner.OpenAsync("/links"), "/sign-out");

        Assert.That(await stream.NextAsync("ended"), Is.Not.Null);
        Assert.That(await stream.NextAsync("link"), Is.Null, "the connection has ended too");
    }

    [Test]
    public async Task Nobody_watches_without_signing_in()
    {
        using var stranger = Paylinks.NewCustomer();

        Assert.That((await stranger.OpenAsync("/live")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    // A stream may begin with what a page already shows: its place lies before every transaction that was still
    // running.
    private static async Task HearAsync(LiveFeed stream, (string Link, string Type) expected)
    {
        (string Link, int Sequence, string Type) heard;
        do
        {
            heard = await NextLinkAsync(stream);
        }
        while ((heard.Link, heard.Type) != expected);
    }

    private static async Task<(string Link, int Sequence, string Type)> NextLinkAsync(LiveFeed stream)
    {
        var told = JsonSerializer.Deserialize<Told>((await stream.NextAsync("link"))!, JsonSerializerOptions.Web)!;
        return (told.Link, told.Sequence, told.Type);
    }

    private sealed record Told(string Link, int Sequence, string Type);
}
