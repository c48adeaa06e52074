using System.Net;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Reconciliation;

/// <summary>What owners and managers see of the comparisons with Mollie's books, and who does not.</summary>
public sealed class ReconciliationPageTests : StaffFixture
{
    private const string Page = "/settings/reconciliation";

    private const string AddReportsSql =
        """
        insert into reconciliation (merchant_id, id, mode, since, until, payments, refunds, disputes, matched,
            started_at, finished_at)
        values (@MerchantId, @Finished, 'test', now() - interval '14 days', now(), 41, 2, 1, 42, now(), now());
        insert into reconciliation (merchant_id, id, mode, since, until, attempt, interruption, started_at)
        values (@MerchantId, @Interrupted, 'test', now() - interval '14 days', now(), 3, 'mollie_unreachable', now());
        insert into reconciliation_difference (merchant_id, reconciliation_id, number, kind, about, mollie_id, link_id,
            ours, theirs, is_new)
        values
            (@MerchantId, @Finished, 1, 'late', 'payment', 'tr_late', @Link,
                '{"status":"open","moved":false,"value":"49.90","currency":"EUR","refunded":"0.00","disputed":"0.00"}',
                '{"status":"paid","moved":true,"value":"49.90","currency":"EUR","refunded":"0.00","disputed":"0.00"}',
                true),
            (@MerchantId, @Finished, 2, 'unknown', 'refund', 're_<b>unknown', null, null,
                '{"status":"pending","moved":true,"value":"1234.50","currency":"EUR"}', true),
            (@MerchantId, @Finished, 3, 'status', 'dispute', 'chb_1', null,
                '{"status":"reversed","moved":false,"value":"10","currency":"XTS"}',
                '{"status":"received","moved":true,"value":"10","currency":"XTS"}', false);
        """;

    private readonly Guid _finished = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
    private readonly Guid _interrupted = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(1));
    private string _link = "";

    [OneTimeSetUp]
    public async Task AddReportsAsync()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        _link = await NewLinkAsync(owner, "Ordine 7: sega");
        Assert.That(PublicId.TryParse(PublicId.Link, _link.Split('/')[^1], out var link), Is.True);
        await Paylinks.Database.ExecuteAsync(
            AddReportsSql,
            new { Paylinks.MerchantId, Finished = _finished, Interrupted = _interrupted, Link = link });
    }

    [Test]
    public async Task The_last_comparisons_are_listed_with_their_numbers()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var page = await owner.OpenAsync(Page);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Words, Does.Contain("Riconciliazione").And.Contain("3 differenze").And.Contain("Uguali: 42"));
        Assert.That(page.Words, Does.Contain("Interrotto"));
        Assert.That((await owner.OpenAsync("/settings")).Html, Does.Contain($"href=\"{Page}\""));
    }

    [Test]
    public async Task Each_difference_says_what_both_sides_say_and_leads_to_its_link()
    {
        var manager = await HireAsync("manager", "marta");
        using var browser = await SignedInAsync(manager, "en-GB");

        var page = await browser.OpenAsync($"{Page}/{PublicId.Format(PublicId.Reconciliation, _finished)}");

        Assert.That(page.Words, Does.Contain("payments 41, refunds 2, disputes 1"));
        Assert.That(page.Words, Does.Contain("Found late"));
        Assert.That(page.Words, Does.Contain("Paid, €49.90; refunded €0.00; disputed €0.00"));
        Assert.That(page.Html, Does.Contain($"href=\"{_link}\"").And.Contain("Ordine 7: sega"));
        Assert.That(page.Words, Does.Contain("Only at Mollie").And.Contain("€1,234.50").And.Contain("10 XTS"));
        Assert.That(page.Html, Does.Contain("re_&lt;b&gt;unknown"));
    }

    [Test]
    public async Task Comparing_now_makes_the_account_due_and_leads_back()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        Assert.That(await IsDueAsync(), Is.False);

        var answer = await owner.SubmitAsync(await owner.OpenAsync(Page), Page);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        var page = await owner.OpenAsync(answer.Location!.ToString());
        Assert.That(page.Words, Does.Contain("Il confronto è richiesto"));
        Assert.That(await IsDueAsync(), Is.True);
    }

    [TestCase("agent")]
    [TestCase("viewer")]
    public async Task Others_do_not_see_it(string role)
    {
        using var browser = await SignedInAsync(await HireAsync(role, $"some-{role}"));

        Assert.That((await browser.OpenAsync(Page)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_report_reads_well_on_a_phone_without_JavaScript()
    {
        await using var window = await Browsers.OpenPhoneAsync("it-IT", javaScript: false);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", TestSystem.Owner.Email);
        await window.Page.FillAsync("#password", TestSystem.Owner.Password);
        await window.Page.ClickAsync("main form button.primary");
        foreach (var (name, path) in new[]
        {
            ("reconciliation", Page), ("report", $"{Page}/{PublicId.Format(PublicId.Reconciliation, _finished)}"),
        })
        {
            await window.Page.GotoAsync(Paylinks.ApiUrl + path);
            await window.KeepPictureAsync($"console-{name}-it-390");
            Assert.That(
                await window.Page.Locator("main").EvaluateAsync<bool>("main => main.scrollWidth <= innerWidth"),
                Is.True, $"{name} is no wider than the screen");
        }
    }

    [Test]
    public async Task A_report_can_be_read_by_everybody()
    {
        await using var window = await Browsers.OpenDesktopAsync("en-GB");
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", TestSystem.Owner.Email);
        await window.Page.FillAsync("#password", TestSystem.Owner.Password);
        await window.Page.ClickAsync("main form button.primary");
        foreach (var path in new[] { Page, $"{Page}/{PublicId.Format(PublicId.Reconciliation, _finished)}" })
        {
            await window.Page.GotoAsync(Paylinks.ApiUrl + path);
            await window.KeepPictureAsync("console-" + (path == Page ? "reconciliation" : "report") + "-en-1280");
            await window.ShouldBeAccessibleAsync(path);
        }

        window.ShouldNotHaveComplained();
    }

    [Test]
    public async Task Another_merchants_report_is_not_there()
    {
        var other = await FoundMerchantAsync("Altro Negozio");
        using var stranger = await SignedInAsync(await HireAsync("owner", "stranger", other));

        var page = await stranger.OpenAsync($"{Page}/{PublicId.Format(PublicId.Reconciliation, _finished)}");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.OpenAsync(Page)).Words, Does.Contain("Non c’è ancora un conto Mollie"));
    }

    private Task<bool> IsDueAsync() =>
        Paylinks.Database.ReadAsync<bool>("select reconcile_at <= now() from mollie_account");
}
