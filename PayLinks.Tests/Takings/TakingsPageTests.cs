using System.Net;
using System.Text.RegularExpressions;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Takings;

public sealed partial class TakingsPageTests : StaffFixture
{
    private Bookings Bookings => new(Paylinks);

    // So that no midnight comes between two steps.
    [OneTimeSetUp]
    public Task WaitForNoonAsync() => Paylinks.Database.GoToHourAsync(12);

    [Test]
    public async Task Every_number_leads_to_the_links_it_is_made_of()
    {
        var now = await NowAsync();
        var first = await Bookings.PaidAsync(now, 123_450, reference: "tile-1");
        var second = await Bookings.PaidAsync(now, 5_000, reference: "tile-2");
        await Bookings.PaidAsync(now.AddDays(-3), 1_000, reference: "tile-3");
        await Bookings.RefundAsync(second, 2_000, now);
        await Bookings.DisputeAsync(first, 100, now);
        using var owner = await SignedInAsync(TestSystem.Owner);

        var page = await owner.OpenAsync("/takings");
        var today = Tile(page, "today");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(today.Words, Does.Contain("1.284,50 € (2)").And.Contain("Commissioni non note")
                .And.Contain("Rimborsi 20,00 €").And.Contain("Contestazioni 1,00 €")
                .And.Contain("Netto prima delle commissioni 1.263,50 €"));
            Assert.That(Tile(page, "week").Words, Does.Contain("1.294,50 € (3)"));
            Assert.That(Tile(page, "month").Words, Does.Contain("1.294,50 € (3)"));
            Assert.That(await ReferencesAsync(owner, today.Links[0]), Is.EquivalentTo(new[] { "tile-1", "tile-2" }));
            Assert.That(await ReferencesAsync(owner, today.Links[1]), Is.EqualTo(new[] { "tile-2" }));
            Assert.That(await ReferencesAsync(owner, today.Links[2]), Is.EqualTo(new[] { "tile-1" }));
            Assert.That(
                await ReferencesAsync(owner, Tile(page, "week").Links[0]),
                Is.EquivalentTo(new[] { "tile-1", "tile-2", "tile-3" }));
        }

        foreach (var (link, sum) in today.Links.Zip(new[] { "1.284,50 €", "20,00 €", "1,00 €" }))
        {
            Assert.That(Plain(await owner.OpenAsync(link)), Does.Contain("In tutto: " + sum), link);
        }

        var net = await owner.OpenAsync(today.Links[3]);
        Assert.That(Foot().Match(net.Html).Value, Does.Contain("1.263,50"), "the net's days add up to it");
        Assert.That(Plain(page), Does.Contain("1.284,50 € (2 pagamenti)"), "a bar says its sum");

        var table = Csv.Of(await owner.OpenAsync(
            WebUtility.HtmlDecode(CsvLink().Match(page.Html).Groups["path"].Value)));
        Assert.That(table.Column("gross"), Does.Contain("1234.50").And.Contain("50.00").And.Contain("10.00"));
    }

    [Test]
    public async Task What_needs_attention_is_listed_with_a_way_to_all_of_it()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await MarkedAsync("lost-1", "sms");
        var twice = await MarkedAsync("refused-1");
        await Bookings.RefuseAsync(twice);
        await Bookings.RefuseAsync(twice);
        await Bookings.RefuseAsync(await MarkedAsync("refused-once"));
        await MarkedAsync("fell-back", "sms", "email");
        var unpaid = await MarkedAsync("unpaid-1");
        await Paylinks.Database.ExecuteAsync(
            """
            update message set status = 'undelivered', reason = 'handset_off', finished_at = now(), accepted_at = now()
            where channel = 'sms' and purpose = 'link';
            update message set status = 'delivered', finished_at = now(), accepted_at = now() where channel = 'email';
            update link
            set created_at = created_at - interval '1 day', expires_at = paylinks_now() - interval '1 minute'
            where id = @Unpaid
            """,
            new { Unpaid = Bookings.IdOf(unpaid) });
        var lastYear = (await NowAsync()).AddYears(-1);
        var paid = await Bookings.PaidAsync(lastYear, reference: "refund-failed-1");
        await Bookings.RefundAsync(paid, 100, at: null);
        var disputed = await Bookings.PaidAsync(lastYear, reference: "disputed-1");
        await Bookings.DisputeAsync(disputed, 100, (await NowAsync()).AddDays(-20));

        var page = await owner.OpenAsync("/takings");

        using (Assert.EnterMultipleScope())
        {
            foreach (var (status, words, reference) in new[]
            {
                ("undelivered", "Messaggio non arrivato (1)", "lost-1"),
                ("refused", "Rifiutati due volte o più (1)", "refused-1"),
                ("unpaid", "Scaduti negli ultimi 7 giorni (1)", "unpaid-1"),
                ("refundfailed", "Rimborso non riuscito (1)", "refund-failed-1"),
            })
            {
                Assert.That(Plain(page), Does.Contain(words));
                Assert.That(page.Html, Does.Contain($"href=\"/links?status={status}\""));
                Assert.That(
                    await ReferencesAsync(owner, "/links?status=" + status), Is.EqualTo(new[] { reference }), status);
            }

            Assert.That(await ReferencesAsync(owner, "/links?status=disputed"), Does.Contain("disputed-1"));
        }
    }

    [Test]
    public async Task When_sums_fail_the_page_says_so_and_stays()
    {
        await using var alone = await TestSystem.StartAsync(Hosts.Api, Settings);
        using var owner = alone.NewCustomer();
        await SignInAsync(owner, TestSystem.Owner.Email, TestSystem.Owner.Password);
        Assert.That((await owner.OpenAsync("/takings")).Words, Does.Contain("Nessun incasso in questo periodo."));

        await alone.Database.ExecuteAsync("revoke select on dispute from paylinks_app");
        var page = await owner.OpenAsync("/takings");
        await alone.Database.ExecuteAsync("grant select on dispute to paylinks_app");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Plain(page), Does.Contain("Dato non disponibile. Riprova").And.Contain("In attesa 0,00 € (0)"));
        Assert.That((await owner.OpenAsync("/takings")).Words, Does.Not.Contain("Dato non disponibile"));
    }

    [TestCase("owner", true)]
    [TestCase("manager", true)]
    [TestCase("viewer", true)]
    [TestCase("agent", false)]
    public async Task Everybody_but_agents_sees_takings_and_downloads(string role, bool may)
    {
        using var somebody = await SignedInAsync(await HireAsync(role, "incassi-" + role));
        var expected = may ? HttpStatusCode.OK : HttpStatusCode.Forbidden;

        foreach (var path in new[] { "/takings", "/takings.csv?from=2020-01-01&to=2020-01-31", "/links.csv" })
        {
            Assert.That((await somebody.OpenAsync(path)).Status, Is.EqualTo(expected), path);
        }

        var list = await somebody.OpenAsync("/links");
        Assert.That(list.Html.Contains("/links.csv", StringComparison.Ordinal), Is.EqualTo(may));
        Assert.That(list.Html.Contains("\"/takings\"", StringComparison.Ordinal), Is.EqualTo(may));
    }

    [TestCase("/takings?from=2026-11-30&to=2026-11-01")]
    [TestCase("/takings?from=2020-01-01&to=2021-12-31")]
    [TestCase("/takings?from=yesterday&to=2026-11-01")]
    public async Task Days_that_make_no_period_are_told_and_kept(string path)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var page = await owner.OpenAsync(path);

        Assert.That(page.Words, Does.Contain("Scegli un primo e un ultimo giorno"));
        Assert.That(page.Html, Does.Contain($"value=\"{path.Split('=', '&')[1]}\""), "kept");
        Assert.That(
            (await owner.OpenAsync(path.Replace("/takings", "/takings.csv", StringComparison.Ordinal))).Status,
            Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_long_period_is_shown_by_months()
    {
        await Bookings.PaidAsync(new DateTimeOffset(2017, 2, 10, 10, 0, 0, TimeSpan.Zero), 1_100);
        await Bookings.PaidAsync(new DateTimeOffset(2017, 2, 20, 10, 0, 0, TimeSpan.Zero), 2_200);
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");

        var page = await owner.OpenAsync("/takings?from=2017-01-15&to=2017-12-31");

        Assert.That(Plain(page), Does.Contain("1 Feb – 28 Feb: €33.00 (2 payments)").And.Contain("15 Jan – 31 Jan"));
        Assert.That(Regex.Count(page.Html, "<rect"), Is.EqualTo(12));
    }

    private Task<DateTimeOffset> NowAsync() => Paylinks.Database.ReadAsync<DateTimeOffset>("select paylinks_now()");

    private async Task<Link> MarkedAsync(string reference, params string[] send)
    {
        var order = Merchant.Order(send: send);
        order["reference"] = reference;
        return await Paylinks.Merchant.CreateLinkAsync(order);
    }

    private static (string Words, IReadOnlyList<string> Links) Tile(SeenPage page, string name)
    {
        var html = Regex.Match(
            page.Html, $"<section class=\"card tile\" aria-labelledby=\"{name}\">.*?</section>",
            RegexOptions.Singleline).Value;
        var tile = page with { Html = html };
        return (
            Plain(tile),
            [.. Href().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["path"].Value))]);
    }

    private static async Task<IReadOnlyList<string>> ReferencesAsync(Customer owner, string path) =>
        [.. Reference().Matches((await owner.OpenAsync(path)).Html).Select(match => match.Groups["reference"].Value)];

    private static string Plain(SeenPage page) => Spaces().Replace(page.Words, " ");

    [GeneratedRegex("<a href=\"(?<path>[^\"#]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Href();

    [GeneratedRegex("<a href=\"(?<path>/takings\\.csv[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex CsvLink();

    [GeneratedRegex("<tfoot>.*?</tfoot>", RegexOptions.Singleline)]
    private static partial Regex Foot();

    [GeneratedRegex("<span class=\"hint\">[^<]* (?<reference>[^< ]+)</span>", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
