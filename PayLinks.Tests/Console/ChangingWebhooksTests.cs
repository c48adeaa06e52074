using System.Net;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

/// <summary>An endpoint is changed in the console as it is over the API, and what is wrong refused alike.</summary>
public sealed class ChangingWebhooksTests : StaffFixture
{
    private const string Url = "https://shop.example/hook";

    private string _id = "";

    private string Page => "/settings/webhooks/" + _id;

    [SetUp]
    public async Task AddEndpointAsync()
    {
        using var response = await Paylinks.Merchant.PostAsync(
            "v1/webhook-endpoints", new { url = Url, events = new[] { "link.paid", "payment.failed" } });
        using var made = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        _id = made.RootElement.GetProperty("id").GetString()!;
    }

    [TearDown]
    public Task RemoveEndpointsAsync() => Paylinks.Database.ExecuteAsync("delete from webhook_endpoint");

    [Test]
    public async Task The_form_shows_what_the_endpoint_is_told_of_and_all_of_it_can_be_chosen()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var page = await owner.OpenAsync(Page);

        // Ticks that the browser has hidden under "all events" come along.
        var answer = await ChangeAsync(owner, Url + "?v=2", "all", "link.paid", "payment.failed");
        var changed = await owner.OpenAsync(answer.Location!.ToString());

        Assert.That(page.Html, Does.Contain($"value=\"{Url}\""));
        Assert.That(Ticked(page), Is.EqualTo(new[] { "some", "link.paid", "payment.failed" }));
        Assert.That(await StoredAsync(), Is.EqualTo($"{Url}?v=2 []"));
        Assert.That(changed.Words, Does.Contain("The changes are saved."));
        Assert.That(Ticked(changed), Is.EqualTo(new[] { "all" }));
    }

    [Test]
    public async Task Only_the_events_that_are_ticked_are_stored()
    {
        using var manager = await SignedInAsync(await HireAsync("manager", "mario"));

        var answer = await ChangeAsync(manager, $"  {Url}/2 ", "some", "refund.failed", "link.paid");

        Assert.That(answer.Location!.ToString(), Is.EqualTo(Page + "?done=changed"));
        Assert.That(await StoredAsync(), Is.EqualTo(Url + """/2 ["refund.failed","link.paid"]"""));
    }

    [Test]
    public async Task An_address_that_the_API_refuses_is_refused_in_the_form_and_changes_nothing()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        // A form that holds a NUL is refused before anybody reads it.
        foreach (var url in EndpointUrls.Bad.Where(url => !url.Contains('\0', StringComparison.Ordinal)))
        {
            var answer = await ChangeAsync(owner, url, "some", "link.paid");

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), url);
            Assert.That(answer.Words, Does.Contain("Usa un indirizzo pubblico che inizia con https://"), url);
        }

        Assert.That(await StoredAsync(), Is.EqualTo(Url + """ ["link.paid","payment.failed"]"""));
    }

    [TestCase("https://10.0.0.1/hook", "some", "link.paid", "begins with https://")]
    [TestCase("https://shop.example/4242424242424242", "all", "", "looks like a card number")]
    [TestCase("https://shop.example/new", "some", "", "at least one from the list")]
    [TestCase("https://shop.example/new", "", "link.paid", "at least one from the list")]
    [TestCase("https://shop.example/new", "none", "link.paid", "at least one from the list")]
    [TestCase("https://shop.example/new", "some", "link.payed", "at least one from the list")]
    [TestCase("https://shop.example/new", "some", "link.paid link.paid", "repeated")]
    public async Task What_is_refused_is_explained_and_what_was_typed_stays(
        string url, string choice, string events, string explained)
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var ticked = events.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var answer = await ChangeAsync(owner, url, choice, ticked);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Words, Does.Contain("There is a problem").And.Contain(explained));
        Assert.That(answer.Html, Does.Contain($"value=\"{url}\""));
        Assert.That(Ticked(answer), Is.SupersetOf(ticked.Where(type => type != "link.payed").Distinct()));
        Assert.That(await StoredAsync(), Is.EqualTo(Url + """ ["link.paid","payment.failed"]"""));
    }

    [Test]
    public async Task Two_mistakes_are_explained_at_once_and_lead_to_their_fields()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var answer = await ChangeAsync(owner, "http://shop.example/", "some");

        Assert.That(answer.Html, Does.Contain("href=\"#url\"").And.Contain("href=\"#events\""));
        Assert.That(answer.Html, Does.Contain("id=\"url\"").And.Contain("id=\"events\""));
    }

    [Test]
    public async Task A_disabled_endpoint_can_be_changed_and_stays_disabled()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await owner.SubmitAsync(await owner.OpenAsync(Page), "/disable");

        await ChangeAsync(owner, Url + "/repaired", "all");

        Assert.That(await StoredAsync(), Is.EqualTo(Url + "/repaired []"));
        Assert.That((await owner.OpenAsync(Page)).Words, Does.Contain("disattivato"));
    }

    [Test]
    public async Task Nobody_else_changes_it()
    {
        using var stranger = await SignedInAsync(
            await HireAsync("owner", "sara", await FoundMerchantAsync("Cartoleria Verdi")));
        using var agent = await SignedInAsync(TestSystem.Agent);
        using var viewer = await SignedInAsync(await HireAsync("viewer", "vito"));
        using var owner = await SignedInAsync(TestSystem.Owner);
        foreach (var (browser, status) in new[]
        {
            (stranger, HttpStatusCode.NotFound), (agent, HttpStatusCode.Forbidden), (viewer, HttpStatusCode.Forbidden),
        })
        {
            var secretField = (await browser.OpenAsync("/links")).FormTo("/language").Hidden["antiforgery"];
            var answer = await PostAsync(
                browser, Page, secretField, ("url", "https://evil.example/"), ("events", "all"));
            Assert.That(answer.Status, Is.EqualTo(status));
        }

        await owner.OpenAsync(Page);
        var forged = await PostAsync(owner, Page, "", ("url", "https://evil.example/"), ("events", "all"));

        Assert.That(forged.Status, Is.EqualTo(HttpStatusCode.Forbidden), "without the secret field");
        Assert.That(await StoredAsync(), Is.EqualTo(Url + """ ["link.paid","payment.failed"]"""));
    }

    [Test]
    public async Task One_that_is_not_there_cannot_be_changed()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var secretField = (await owner.OpenAsync(Page)).FormTo(Page).Hidden["antiforgery"];

        foreach (var id in new[] { "whe_none", "pl_01m8407csnet1tqewvtc6qbxqp", "whe_01m8407csnet1tqewvtc6qbxqp" })
        {
            foreach (var url in new[] { Url, "http://shop.example/" })
            {
                var answer = await PostAsync(
                    owner, "/settings/webhooks/" + id, secretField, ("url", url), ("events", "all"));
                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound), id);
            }
        }
    }

    [Test]
    public async Task The_page_is_accessible_and_as_wide_as_the_screen_also_with_a_long_address()
    {
        var address = Url + "/" + new string('a', 300);
        using (var owner = await SignedInAsync(TestSystem.Owner))
        {
            await ChangeAsync(owner, address, "some", "link.paid");
        }

        await using var phone = await Browsers.OpenPhoneAsync();
        await using var desktop = await Browsers.OpenDesktopAsync("en-GB", dark: true);
        foreach (var window in new[] { phone, desktop })
        {
            await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
            await window.Page.FillAsync("#email", TestSystem.Owner.Email);
            await window.Page.FillAsync("#password", TestSystem.Owner.Password);
            await window.Page.ClickAsync("main form button.primary");
            foreach (var path in new[] { Page, "/settings/webhooks" })
            {
                await window.Page.GotoAsync(Paylinks.ApiUrl + path);
                await window.ShouldBeAccessibleAsync(path);
                Assert.That(
                    await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                    path + " is too wide");
            }
        }
    }

    [Test]
    public async Task The_list_of_events_is_seen_by_whoever_chooses_from_it_without_JavaScript()
    {
        await using var window = await Browsers.OpenPhoneAsync("en-GB", javaScript: false);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", TestSystem.Owner.Email);
        await window.Page.FillAsync("#password", TestSystem.Owner.Password);
        await window.Page.ClickAsync("main form button.primary");
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/settings/webhooks");
        var expired = window.Page.GetByLabel("link.expired");
        Assert.That(await expired.IsVisibleAsync(), Is.False);

        await window.Page.GetByLabel("Only some events").ClickAsync();

        Assert.That(await expired.IsVisibleAsync(), Is.True);
    }

    private async Task<SeenPage> ChangeAsync(Customer browser, string url, string choice, params string[] ticked) =>
        await browser.SubmitAsync(
            await browser.OpenAsync(Page), Page,
            [("url", url), ("events", choice), .. ticked.Select(type => ("event", type))]);

    /// <summary>The address and the events, as the API answers them.</summary>
    private async Task<string> StoredAsync()
    {
        using var seen = JsonDocument.Parse(
            await Paylinks.Merchant.Http.GetStringAsync("v1/webhook-endpoints/" + _id));
        var endpoint = seen.RootElement;
        return $"{endpoint.GetProperty("url").GetString()} {endpoint.GetProperty("events").GetRawText()}";
    }

    /// <summary>The radio and the boxes that are ticked, in the order of the page.</summary>
    private static string[] Ticked(SeenPage page) =>
    [
        .. System.Text.RegularExpressions.Regex.Matches(page.Html, "value=\"([^\"]+)\" checked")
            .Select(match => match.Groups[1].Value),
    ];
}
