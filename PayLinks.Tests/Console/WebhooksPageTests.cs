using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

/// <summary>Owner and manager say where their program is told of events; nobody else does.</summary>
public sealed class WebhooksPageTests : StaffFixture
{
    private const string Path = "/settings/webhooks";

    private Hook _hook = null!;

    protected override Hosts Running => Hosts.Api | Hosts.Worker;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(base.Settings, StringComparer.Ordinal)
        {
            ["Notices:AllowAddresses:0"] = "127.0.0.0/8",
        };

    [OneTimeSetUp]
    public async Task ListenAsync() => _hook = await Hook.StartAsync();

    [OneTimeTearDown]
    public async Task StopListeningAsync() => await _hook.DisposeAsync();

    [Test]
    public async Task An_endpoint_is_made_told_and_told_again_from_the_console()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var made = await AddAsync(owner, "/told");
        var page = await owner.OpenAsync(PathOf(made));
        Assert.That(made.Html, Does.Contain("whsec_"));
        Assert.That(page.Html, Does.Not.Contain("whsec_"));
        Assert.That(page.Words, Does.Contain("Ancora nessun invio."));

        await Paylinks.Merchant.CreateLinkAsync();
        await _hook.WaitForAsync("/told", 1);
        page = await Eventually.SeesAsync(
            () => owner.OpenAsync(PathOf(made)), seen => seen.Words.Contains("consegnata", StringComparison.Ordinal),
            "the delivery is shown");
        var again = await owner.SubmitAsync(page, "/redeliver", ("event", _hook.At("/told")[0].Id));
        await _hook.WaitForAsync("/told", 2);

        Assert.That(again.Location!.ToString(), Does.EndWith("?done=again&count=1"));
        Assert.That(
            (await owner.OpenAsync(again.Location.ToString())).Words, Does.Contain("Una notifica parte di nuovo."));
        Assert.That(page.Words, Does.Contain("link.created").And.Contain("200").And.Contain("thanks"));
        Assert.That(_hook.At("/told").Select(told => told.Id).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_period_is_told_again_by_days_of_the_merchants_place()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        await Paylinks.Merchant.CreateLinkAsync();
        var page = await owner.OpenAsync(PathOf(await AddAsync(owner, "/period")));

        var told = await owner.SubmitAsync(page, "/redeliver", ("from", "2020-01-01"), ("to", "2100-01-01"));
        var bad = await owner.SubmitAsync(page, "/redeliver", ("from", "2026-02-01"), ("to", "2026-01-01"));
        var none = await owner.SubmitAsync(page, "/redeliver", ("from", ""), ("to", "9999-12-31"));

        Assert.That(told.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        await _hook.WaitForAsync("/period", 1);
        Assert.That(bad.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(bad.Words, Does.Contain("Give two days, the first not after the second."));
        Assert.That(none.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task A_secret_is_rotated_and_an_endpoint_disabled_enabled_and_deleted()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var path = PathOf(await AddAsync(owner, "/changed"));
        var page = await owner.OpenAsync(path);

        var rotated = await owner.SubmitAsync(page, "/rotate-secret");
        await owner.SubmitAsync(page, "/disable");
        var disabled = await owner.OpenAsync(path + "?done=disabled");
        await owner.SubmitAsync(disabled, "/enable");
        var enabled = await owner.OpenAsync(path);
        var deleted = await owner.SubmitAsync(await owner.OpenAsync(path + "/delete"), "/delete");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rotated.Html, Does.Contain("whsec_"));
            Assert.That(rotated.Words, Does.Contain("For 24 hours"));
            Assert.That(disabled.Words, Does.Contain("nothing is sent there any more"));
            Assert.That(disabled.Html, Does.Not.Contain("/redeliver"));
            Assert.That(enabled.Words, Does.Contain("still signs until"));
            Assert.That(enabled.Html, Does.Contain("/redeliver"));
            Assert.That(deleted.Location!.ToString(), Is.EqualTo(Path + "?done=deleted"));
            Assert.That((await owner.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task A_bad_address_is_explained_and_what_was_ticked_stays()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var answer = await owner.SubmitAsync(
            await owner.OpenAsync(Path), Path, ("url", "http://shop.example/hook"), ("events", "some"),
            ("event", "link.paid"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Words, Does.Contain("begins with https://"));
        Assert.That(answer.Html, Does.Contain("http://shop.example/hook"));
        Assert.That(answer.Html, Does.Match("value=\"link\\.paid\" checked"));
    }

    [Test]
    public async Task An_endpoint_moves_and_is_told_at_its_new_address_of_what_was_chosen()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var path = PathOf(await AddAsync(owner, "/moved-from"));

        var moved = await owner.SubmitAsync(
            await owner.OpenAsync(path), path, ("url", _hook.Url + "/moved-to"), ("events", "some"),
            ("event", "link.canceled"), ("event", "link.extended"));
        var page = await owner.OpenAsync(moved.Location!.ToString());
        var link = await Paylinks.Merchant.CreateLinkAsync();
        await Paylinks.Merchant.CancelAsync(link.Id);
        await _hook.WaitForAsync("/moved-to", 1);

        Assert.That(moved.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(page.Words, Does.Contain("Le modifiche sono salvate.").And.Contain("link.canceled, link.extended"));
        Assert.That(page.Html, Does.Match("value=\"some\" checked").And.Match("value=\"link\\.canceled\" checked"));
        Assert.That(_hook.At("/moved-to").Select(told => told.Type), Is.EqualTo(new[] { "link.canceled" }));
        Assert.That(_hook.At("/moved-from"), Is.Empty);
    }

    [Test]
    public async Task Settings_are_for_owner_and_manager()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var endpoint = PathOf(await AddAsync(owner, "/for-owners"));
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"));
        using var agent = await SignedInAsync(TestSystem.Agent);
        using var viewer = await SignedInAsync(await HireAsync("viewer", "vito"));
        using var stranger = await SignedInAsync(
            await HireAsync("owner", "sara", await FoundMerchantAsync("Cartoleria Verdi")));

        Assert.That((await manager.OpenAsync("/settings")).Html, Does.Contain($"href=\"{Path}\""));
        Assert.That((await manager.OpenAsync(endpoint)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await stranger.OpenAsync(endpoint)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        foreach (var other in new[] { agent, viewer })
        {
            Assert.That((await other.OpenAsync("/links")).Html, Does.Not.Contain("/settings"));
            foreach (var path in new[] { "/settings", Path, endpoint })
            {
                Assert.That((await other.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.Forbidden), path);
            }
        }
    }

    private async Task<SeenPage> AddAsync(Customer browser, string hookPath)
    {
        var answer = await browser.SubmitAsync(
            await browser.OpenAsync(Path), Path, ("url", _hook.Url + hookPath), ("events", "all"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Words);
        return answer;
    }

    /// <summary>Where the page that shows a secret leads on to.</summary>
    private static string PathOf(SeenPage secretPage) => System.Text.RegularExpressions.Regex.Match(
        secretPage.Html, $"href=\"({Path}/whe_[^\"]+)\"").Groups[1].Value;
}
