using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Texts;

/// <summary>What is shown before sending is what the customer's phone shows.</summary>
public sealed partial class PreviewTests : StaffFixture
{
    private const string LongPurpose =
        "Trapano a percussione con valigetta, quaranta punte e due batterie di ricambio, consegna al piano compresa";

    private const string StateSql =
        """
        select (select count(*) from link) + (select count(*) from message) + (select count(*) from event)
            + (select count(*) from idempotency)
        """;

    protected override Hosts Running => Hosts.All;

    [TestCase("49,90", "Ordine 1: trapano", "", "")]
    [TestCase("99.999,99", LongPurpose, "A-1042", "")]
    [TestCase("1.234,56", LongPurpose, "", "fr")]
    [TestCase("5", "“Così” – 日本 €", "77", "de")]
    [TestCase("USD 5", "x", "", "es")]
    public async Task The_form_shows_what_is_sent(string amount, string description, string reference, string locale)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var form = await owner.OpenAsync("/links/new");
        (string, string)[] typed =
        [
            ("amount", amount), ("description", description), ("to", NewPhone()), ("reference", reference),
            ("locale", locale),
        ];

        var page = await PostAsync(owner, "/links/new/preview", Antiforgery(form), typed);
        await owner.SubmitAsync(form, "/links/new", typed);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Html, Does.Contain("name=\"amount\" type=\"text\" value=\"" + amount), "what was typed stays");
        await IsWhatIsSentAsync(
            [page, await PostAsync(owner, "/links/new/preview", Antiforgery(form), typed)], typed[2].Item2);
    }

    [TestCase("A-1042", "")]
    [TestCase("", "")]
    [TestCase("A-1042", LongPurpose)]
    public async Task The_desk_shows_what_is_sent_and_speaks_of_the_call(string reference, string description)
    {
        using var agent = await SignedInAsync(TestSystem.Agent);
        var desk = await agent.OpenAsync("/desk");
        (string, string)[] typed =
        [
            ("phone", NewPhone()), ("amount", "49,90"), ("reference", reference), ("description", description),
            ("channel", "sms"),
        ];

        var page = await PostAsync(agent, "/desk/preview", Antiforgery(desk), typed);
        await agent.SubmitAsync(desk, "/desk", typed);

        Assert.That(Shown(page), Does.Contain("il link di cui parliamo, 49,90 EUR"));
        await IsWhatIsSentAsync(
            [page, await PostAsync(agent, "/desk/preview", Antiforgery(desk), typed)], typed[0].Item2);
    }

    [Test]
    public async Task What_costs_is_named()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var form = await owner.OpenAsync("/links/new");

        async Task<string> WordsAsync(string description, string reference = "") => (await PostAsync(
            owner, "/links/new/preview", Antiforgery(form), ("amount", "5"), ("description", description),
            ("to", "347 123 4567"), ("reference", reference))).Words;

        Assert.That(await WordsAsync("Drill"), Does.Match(@"1\d\d characters, 1 text\s").And.Not.Contain("Shortened"));
        Assert.That(
            await WordsAsync(LongPurpose, "77"), Does.Contain("Shortened or left out for want of room: what for."));
        Assert.That(await WordsAsync("日本 Tokyo"), Does.Contain("Text messages do not know “日” “本”: it is left out."));
    }

    [TestCase("to", "anna@example.test")]
    [TestCase("onlyLink", "on")]
    [TestCase("amount", "lots")]
    [TestCase("amount", "")]
    public async Task There_is_nothing_to_show_where_no_text_would_leave(string field, string typed)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["amount"] = "49,90",
            ["description"] = "Trapano",
            ["to"] = "347 123 4567",
            [field] = typed,
        };

        var page = await PostAsync(
            owner, "/links/new/preview", Antiforgery(await owner.OpenAsync("/links/new")),
            fields.Select(pair => (pair.Key, pair.Value)));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Html, Does.Not.Contain("class=\"sms\""));
    }

    [Test]
    public async Task A_preview_keeps_nothing_and_is_only_for_who_may_send()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var viewer = await SignedInAsync(await HireAsync("viewer", "guarda"));
        using var nobody = Paylinks.NewCustomer();
        var form = await owner.OpenAsync("/links/new");
        (string, string)[] typed = [("amount", "5"), ("description", "Trapano"), ("to", NewPhone())];
        var before = await Paylinks.Database.ReadAsync<long>(StateSql);

        await PostAsync(owner, "/links/new/preview", Antiforgery(form), typed);
        var forged = await PostAsync(owner, "/links/new/preview", "x", typed);
        var watched = await PostAsync(
            viewer, "/links/new/preview", Antiforgery(await viewer.OpenAsync("/links")), typed);
        var stranger = await PostAsync(
            nobody, "/links/new/preview", Antiforgery(await nobody.OpenAsync("/")), typed);

        Assert.That(await Paylinks.Database.ReadAsync<long>(StateSql), Is.EqualTo(before));
        Assert.That(
            new[] { forged.Status, watched.Status }, Is.All.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(stranger.Html, Does.Not.Contain("class=\"sms\""));
    }

    [TestCase("/links/new", "#to", "owner")]
    [TestCase("/desk", "#phone", "agent")]
    public async Task It_follows_what_is_typed(string path, string phone, string who)
    {
        await using var window = await Browsers.OpenDesktopAsync("en-GB");
        var user = TestSystem.Users.Single(one => one.Role == who);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", user.Email);
        await window.Page.FillAsync("#password", user.Password);
        await window.Page.ClickAsync("main form button.primary");
        await Assertions.Expect(window.Page.Locator("#password")).ToHaveCountAsync(0);
        await window.Page.GotoAsync(Paylinks.ApiUrl + path);

        await window.Page.FillAsync(phone, "347 123 4567");
        await window.Page.FillAsync("#amount", "49.90");
        var text = window.Page.Locator(".sms");
        await Assertions.Expect(text).ToContainTextAsync("49,90 EUR");
        await window.Page.FillAsync("#amount", "50");
        await Assertions.Expect(text).ToContainTextAsync("50,00 EUR");
        await Assertions.Expect(window.Page.GetByText(new Regex("characters, 1 text$"))).ToBeVisibleAsync();

        await window.ShouldBeAccessibleAsync(path + " with a preview");
        await window.KeepPictureAsync("preview" + path.Replace('/', '-'));
    }

    private static string Antiforgery(SeenPage page) => page.FormTo("/language").Hidden["antiforgery"];

    private static string NewPhone() => $"347 {Random.Shared.Next(1_000_000, 9_999_999)}";

    private static string Shown(SeenPage page) =>
        WebUtility.HtmlDecode(TextBox().Match(page.Html).Groups["text"].Value);

    /// <param name="pages">Before sending and after it: the text names a time, and a minute may end between.</param>
    private async Task IsWhatIsSentAsync(SeenPage[] pages, string phone)
    {
        var to = "+39" + phone.Replace(" ", "", StringComparison.Ordinal);
        var sms = (await Eventually.SeesAsync(
            Paylinks.Sandbox.MessagesAsync, messages => messages.Any(one => one.To == to), "the SMS is sent"))
            .Single(one => one.To == to);

        Assert.That(
            pages.Select(page => Address().Replace(Shown(page), "…")),
            Has.Some.EqualTo(Address().Replace(sms.Text, "…")));
        Assert.That(Shown(pages[0]), Has.Length.EqualTo(sms.Text.Length), "addresses are as long");
        Assert.That(pages[0].Words, Does.Match($@"\s{sms.Segments} SMS\s"));
        Assert.That(
            await Paylinks.Database.ReadAsync<short>("select segments from message where recipient = @to", new { to }),
            Is.EqualTo(sms.Segments));
    }

    [GeneratedRegex("<p class=\"sms\"[^>]*>(?<text>[^<]*)<", RegexOptions.ExplicitCapture)]
    private static partial Regex TextBox();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
