using System.Net;
using Microsoft.AspNetCore.Http;
using PayLinks.Api.SignIn;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Account;

/// <summary>A person's own password, and where they are signed in.</summary>
public sealed class AccountTests : AccountFixture
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Test]
    public async Task A_new_password_signs_out_everywhere_else()
    {
        var user = await HireAsync("agent", "gina");
        using var here = await SignedInAsync(user);
        using var copy = here.WithSameCookies();
        using var elsewhere = await SignedInAsync(user);

        var answer = await ChangeAsync(here, user.Password, "another password", "another password");

        Assert.That(answer.Location?.ToString(), Is.EqualTo("/account?done=password"), answer.Words);
        Assert.That((await here.OpenAsync("/account?done=password")).Words, Does.Contain("Password cambiata."));
        Assert.That(await IsSignedInAsync(elsewhere), Is.False);
        Assert.That(await IsSignedInAsync(copy), Is.False, "a copy of the cookie from before");
        using var old = Paylinks.NewCustomer();
        Assert.That(
            (await SignInAsync(old, user.Email, user.Password)).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using var renewed = await SignedInAsync(user with { Password = "another password" });
        Assert.That(await IsSignedInAsync(renewed));
    }

    [Test]
    public async Task What_is_wrong_with_a_new_password_is_explained_and_changes_nothing()
    {
        var user = await HireAsync("agent", "dora");
        using var browser = await SignedInAsync(user);
        const string good = "a good password";

        (string Old, string New, string Again, string Field)[] wrong =
        [
            (user.Password, "", "", "newPassword"), (user.Password, "7 chars", "7 chars", "newPassword"),
            (user.Password, new string('x', 129), new string('x', 129), "newPassword"),
            (user.Password, good, good + " ", "newAgain"), (user.Password, good, "", "newAgain"),
            ("", good, good, "oldPassword"), ("not it", good, good, "oldPassword"),
            (new string('x', 5000), good, good, "oldPassword"),
        ];
        foreach (var (old, chosen, again, field) in wrong)
        {
            var answer = await ChangeAsync(browser, old, chosen, again);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), field);
            Assert.That(answer.Html, Does.Contain($"href=\"#{field}\"").And.Contain($"id=\"{field}-problem\""), field);
            Assert.That(answer.Html, Does.Not.Contain(good).And.Contain("<title>Errore: Account"), field);
        }

        using var other = await SignedInAsync(user);
        Assert.That(await IsSignedInAsync(browser));
    }

    [Test]
    public async Task Guessing_at_the_password_of_somebody_who_is_signed_in_locks_too()
    {
        var user = await HireAsync("agent", "mila");
        using var browser = await SignedInAsync(user);
        for (var i = 0; i < 5; i++)
        {
            await ChangeAsync(browser, "not it " + i, "a good password", "a good password");
        }

        var locked = await ChangeAsync(browser, user.Password, "a good password", "a good password");

        Assert.That(locked.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(locked.Words, Does.Contain("Dopo 5 tentativi la verifica si ferma per 15 minuti."));
    }

    [Test]
    public async Task A_right_password_forgets_the_wrong_ones_before_it()
    {
        var user = await HireAsync("agent", "rosa");
        using var browser = await SignedInAsync(user);
        await ChangeAsync(browser, "not it", "a good password", "a good password");
        Assert.That(await FailuresAsync(user), Is.EqualTo(1));

        await browser.SubmitAsync(
            await browser.OpenAsync(Account), "/passkeys/new",
            ("passkeyName", "Telefono"), ("passkeyPassword", user.Password));

        Assert.That(await FailuresAsync(user), Is.Zero);
    }

    [Test]
    public async Task Somebody_sees_where_they_are_signed_in_and_signs_out_there()
    {
        var user = await HireAsync("viewer", "bice");
        using var here = await SignedInAsync(user);
        using var windows = new Customer(Paylinks.ApiUrl, "it-IT") { Agent = Firefox };
        await SignInAsync(windows, user.Email, user.Password);
        using var third = await SignedInAsync(user);
        var page = await here.OpenAsync(Account);
        Assert.That(
            page.Words,
            Does.Contain("Firefox, Windows").And.Contain("Dispositivo sconosciuto").And.Contain("questo"));
        Assert.That(page.Html, Does.Not.Contain(Firefox));
        var firefox = KeyOf(page.Html[page.Html.IndexOf("Firefox, Windows", StringComparison.Ordinal)..]);

        var one = await here.SubmitAsync(page, "/sessions/end", ("session", firefox));
        Assert.That(one.Location?.ToString(), Is.EqualTo("/account?done=ended"));
        Assert.That(await IsSignedInAsync(windows), Is.False);
        Assert.That(await IsSignedInAsync(third));

        await here.SubmitAsync(page, "/sessions/end", ("session", "others"));
        Assert.That(await IsSignedInAsync(third), Is.False);
        Assert.That(await IsSignedInAsync(here));
    }

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("OTHERS")]
    public async Task A_session_that_is_not_ones_own_goes_on(string session)
    {
        using var victim = await SignedInAsync(TestSystem.Owner);
        using var twin = await SignedInAsync(TestSystem.Owner);
        var victims = KeyOf((await twin.OpenAsync(Account)).Html);
        var user = await HireAsync("owner", "lupo" + session.Length);
        using var other = await SignedInAsync(user);
        using var browser = await SignedInAsync(user);
        var page = await browser.OpenAsync(Account);

        await browser.SubmitAsync(page, "/sessions/end", ("session", session));
        await browser.SubmitAsync(page, "/sessions/end", ("session", victims));

        Assert.That(await IsSignedInAsync(victim));
        Assert.That(await IsSignedInAsync(other));
    }

    [TestCase("agent")]
    [TestCase("viewer")]
    public async Task Everybody_has_an_account_and_finds_it(string role)
    {
        using var browser = await SignedInAsync(await HireAsync(role, "tutti-" + role), "en-GB");
        using var nobody = Paylinks.NewCustomer();

        Assert.That((await browser.OpenAsync("/links")).Html, Does.Contain("href=\"/account\""));
        Assert.That((await browser.OpenAsync(Account)).Words, Does.Contain($"How you sign in as tutti-{role}@"));
        Assert.That((await nobody.OpenAsync(Account)).Location?.ToString(), Is.EqualTo("/?next=%2Faccount"));
    }

    [TestCase(Firefox, "Firefox, Windows")]
    [TestCase("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/18.6 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [TestCase("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile "
        + "Safari/537.36", "Chrome, Android")]
    [TestCase("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
        + "Safari/537.36 Edg/140.0.0.0", "Edge, Mac")]
    [TestCase("curl/8.5.0", null)]
    [TestCase("", null)]
    public void A_browser_has_a_name_that_people_know(string agent, string? name)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.UserAgent = agent;

        Assert.That(Device.Of(request), Is.EqualTo(name));
    }

    private static async Task<SeenPage> ChangeAsync(Customer browser, string old, string chosen, string again) =>
        await browser.SubmitAsync(
            await browser.OpenAsync(Account), "/account/password",
            ("oldPassword", old), ("newPassword", chosen), ("newAgain", again));

    /// <summary>The first session of somebody else's browser that this part of the page names.</summary>
    private static string KeyOf(string html) => System.Text.RegularExpressions.Regex.Match(
        html, "name=\"session\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
}
