using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

/// <summary>Owner and manager say whether late money is kept; nobody else does.</summary>
public sealed class LateMoneyPageTests : StaffFixture
{
    private const string Path = "/settings/payments";

    [SetUp]
    public Task ForgetTheChoiceAsync() => Paylinks.Database.ExecuteAsync(
        "update merchant set late_after_expiry = default, late_after_cancel = default");

    [Test]
    public async Task What_nobody_has_changed_is_kept_after_an_expiry_and_refunded_after_a_cancellation()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var page = await owner.OpenAsync(Path);

        Assert.That(Chosen(page), Is.EqualTo(("keep", "refund")));
        Assert.That(page.Words, Does.Contain("Se il link era scaduto").And.Contain("Rimborsa tutto subito"));
        Assert.That((await owner.OpenAsync("/settings")).Html, Does.Contain($"href=\"{Path}\""));
    }

    [TestCase("keep", "keep")]
    [TestCase("keep", "refund")]
    [TestCase("refund", "keep")]
    [TestCase("refund", "refund")]
    public async Task What_is_chosen_is_stored_confirmed_and_shown(string afterExpiry, string afterCancel)
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");

        var answer = await ChooseAsync(owner, ("afterExpiry", afterExpiry), ("afterCancel", afterCancel));
        var page = await owner.OpenAsync(answer.Location!.ToString());

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(await StoredAsync(), Is.EqualTo($"{afterExpiry} {afterCancel}"));
        Assert.That(page.Words, Does.Contain("Saved. It holds for payments that arrive from now on."));
        Assert.That(Chosen(page), Is.EqualTo((afterExpiry, afterCancel)));
        Assert.That((await owner.OpenAsync(Path)).Words, Does.Not.Contain("Saved."));
    }

    [TestCase("")]
    [TestCase("afterExpiry=refund")]
    [TestCase("afterCancel=keep")]
    [TestCase("afterExpiry=&afterCancel=keep")]
    [TestCase("afterExpiry=refund&afterCancel=KEEP")]
    [TestCase("afterExpiry=refund&afterCancel=half")]
    [TestCase("afterExpiry=refund%20&afterCancel=keep")]
    [TestCase("afterExpiry=refund&afterCancel=keep&afterCancel=refund")]
    public async Task What_is_no_choice_is_explained_and_changes_nothing(string form)
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");

        var answer = await ChooseAsync(
            owner,
            [
                .. form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('='))
                    .Select(field => (field[0], Uri.UnescapeDataString(field[1]))),
            ]);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Html, Does.Contain("<title>Error: Late payments"));
        Assert.That(answer.Words, Does.Contain("There is a problem"));
        Assert.That(await StoredAsync(), Is.EqualTo("keep refund"));
    }

    [Test]
    public async Task Each_problem_leads_to_its_group_and_what_was_chosen_in_the_other_stays()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var both = await ChooseAsync(owner);
        var one = await ChooseAsync(owner, ("afterExpiry", "refund"));

        Assert.That(both.Html, Does.Contain("href=\"#afterExpiry\"").And.Contain("href=\"#afterCancel\""));
        Assert.That(both.Html, Does.Contain("id=\"afterExpiry\"").And.Contain("id=\"afterCancel\""));
        Assert.That(one.Words, Does.Contain("Scegli che cosa succede se il link era annullato."));
        Assert.That(one.Html, Does.Not.Contain("href=\"#afterExpiry\""));
        Assert.That(Chosen(one), Is.EqualTo(("refund", (string?)null)));
    }

    [Test]
    public async Task A_form_without_its_secret_field_changes_nothing()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await owner.OpenAsync(Path);

        var answer = await PostAsync(owner, Path, "", ("afterExpiry", "refund"), ("afterCancel", "keep"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StoredAsync(), Is.EqualTo("keep refund"));
    }

    [TestCase("agent")]
    [TestCase("viewer")]
    public async Task Nobody_else_sees_or_changes_it(string role)
    {
        using var somebody = await SignedInAsync(await HireAsync(role, "ritardi-" + role));
        var secretField = (await somebody.OpenAsync("/links")).FormTo("/language").Hidden["antiforgery"];

        var seen = await somebody.OpenAsync(Path);
        var answer = await PostAsync(
            somebody, Path, secretField, ("afterExpiry", "refund"), ("afterCancel", "keep"));

        Assert.That(seen.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StoredAsync(), Is.EqualTo("keep refund"));
    }

    [Test]
    public async Task A_manager_chooses_for_their_own_merchant_alone()
    {
        var other = await FoundMerchantAsync("Cartoleria Verdi");
        using var stranger = await SignedInAsync(await HireAsync("owner", "verdi", other));
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"));

        await ChooseAsync(manager, ("afterExpiry", "refund"), ("afterCancel", "keep"));

        Assert.That(await StoredAsync(), Is.EqualTo("refund keep"));
        Assert.That(Chosen(await stranger.OpenAsync(Path)), Is.EqualTo(("keep", "refund")));
    }

    [Test]
    public async Task It_is_chosen_on_a_phone_without_JavaScript()
    {
        await using var window = await Browsers.OpenPhoneAsync("it-IT", javaScript: false);
        await window.Page.GotoAsync(Paylinks.ApiUrl + "/");
        await window.Page.FillAsync("#email", TestSystem.Owner.Email);
        await window.Page.FillAsync("#password", TestSystem.Owner.Password);
        await window.Page.ClickAsync("main form button.primary");
        await window.Page.GotoAsync(Paylinks.ApiUrl + Path);

        await window.Page.GetByText("Rimborsa tutto subito").First.ClickAsync();
        await window.Page.ClickAsync("main form button.primary");

        await window.Page.Locator(".done").WaitForAsync();
        Assert.That(await StoredAsync(), Is.EqualTo("refund refund"));
    }

    private static async Task<SeenPage> ChooseAsync(Customer browser, params (string Name, string Value)[] fields) =>
        await browser.SubmitAsync(await browser.OpenAsync(Path), Path, fields);

    private Task<string> StoredAsync() => Paylinks.Database.ReadAsync<string>(
        "select late_after_expiry || ' ' || late_after_cancel from merchant where id = @MerchantId", Paylinks);

    /// <summary>What is ticked in the two groups.</summary>
    private static (string? AfterExpiry, string? AfterCancel) Chosen(SeenPage page) =>
        (Chosen(page, "afterExpiry"), Chosen(page, "afterCancel"));

    private static string? Chosen(SeenPage page, string group) =>
        System.Text.RegularExpressions.Regex.Match(page.Html, $"name=\"{group}\" value=\"(\\w+)\" checked") is
        { Success: true } ticked
            ? ticked.Groups[1].Value
            : null;
}
