using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.SignIn;

[NonParallelizable]
public sealed class SessionTests : StaffFixture
{
    [Test]
    public async Task The_cookies_can_neither_be_read_nor_sent_elsewhere()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(Paylinks.ApiUrl) };
        using var page = await http.GetAsync("/");
        var formCookie = page.Headers.GetValues("Set-Cookie").Single();
        var token = System.Text.RegularExpressions.Regex.Match(
            await page.Content.ReadAsStringAsync(), "name=\"antiforgery\" value=\"([^\"]+)\"").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("antiforgery", token),
                KeyValuePair.Create("email", TestSystem.Owner.Email),
                KeyValuePair.Create("password", TestSystem.Owner.Password),
            ]),
        };
        request.Headers.Add("Cookie", formCookie.Split(';')[0]);
        using var answer = await http.SendAsync(request);
        var cookies = answer.Headers.GetValues("Set-Cookie").Append(formCookie).ToList();

        Assert.That(cookies, Has.Some.StartsWith("__Host-paylinks=").And.Some.StartsWith("__Host-paylinks-form="));
        foreach (var cookie in cookies)
        {
            Assert.That(
                cookie.ToLowerInvariant(),
                Does.Contain("; secure").And.Contain("; httponly").And.Contain("; samesite=").And.Contain("; path=/")
                    .And.Not.Contain("samesite=none").And.Not.Contain("domain="));
        }
    }

    [Test]
    public async Task Signing_out_ends_the_session_for_every_copy_of_its_cookie()
    {
        using var browser = await SignedInAsync(TestSystem.Owner);
        using var thief = browser.WithSameCookies();
        Assert.That((await thief.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.OK));

        await browser.SubmitAsync(await browser.OpenAsync("/links"), "/sign-out");

        Assert.That((await thief.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That((await browser.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task Signing_in_again_ends_the_session_before()
    {
        var user = await HireAsync("owner", "rita");
        using var browser = await SignedInAsync(user);
        using var before = browser.WithSameCookies();
        // The form is the one that a second tab still shows.
        var form = await browser.OpenAsync("/links/new");
        await browser.SubmitAsync(
            form with { Html = form.Html.Replace("/links/new", "/", StringComparison.Ordinal) }, "/",
            ("email", user.Email), ("password", user.Password));

        Assert.That((await browser.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await before.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task A_session_ends_after_an_hour_without_a_click_and_after_twelve_in_any_case()
    {
        using var idle = await SignedInAsync(TestSystem.Owner);
        using var busy = await SignedInAsync(TestSystem.Owner);
        using var watching = await SignedInAsync(TestSystem.Owner);
        for (var minutes = 0; minutes < 80; minutes += 40)
        {
            await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(40));
            await busy.OpenAsync("/links");
            await WatchAsync(watching);
        }

        Assert.That((await idle.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.SeeOther), "idle");
        Assert.That(await WatchAsync(watching), Is.EqualTo(HttpStatusCode.Unauthorized), "a live screen is no click");
        Assert.That((await busy.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.OK), "busy");

        for (var hours = 0; hours < 12; hours++)
        {
            await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(55));
            await busy.OpenAsync("/links");
        }

        Assert.That(
            (await busy.OpenAsync("/links")).Status, Is.EqualTo(HttpStatusCode.SeeOther), "busy for twelve hours");
    }

    [Test]
    public async Task A_new_password_or_a_lost_job_ends_the_session()
    {
        var moved = await HireAsync("agent", "sara");
        var changed = await HireAsync("agent", "enzo");
        using var left = await SignedInAsync(moved);
        using var renewed = await SignedInAsync(changed);

        await Paylinks.Database.ExecuteAsync(
            "update membership set disabled_at = now() where display_name = 'sara';"
            + "update app_user set security_stamp = 'another' where email = 'enzo@example.test'");

        Assert.That((await left.OpenAsync("/desk")).Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That((await renewed.OpenAsync("/desk")).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task No_password_stands_in_the_database_or_the_logs()
    {
        using var browser = await SignedInAsync(TestSystem.Owner);
        await SignInAsync(Paylinks.NewCustomer(), TestSystem.Owner.Email, "a mistyped secret");

        Assert.That(await Paylinks.Database.FindTextAsync(TestSystem.Owner.Password), Is.Empty);
        Assert.That(
            string.Join('\n', Paylinks.Logs.Lines),
            Does.Not.Contain(TestSystem.Owner.Password).And.Not.Contain("a mistyped secret")
                .And.Not.Contain(browser.Cookie("__Host-paylinks")).And.Not.Contain(TestSystem.Owner.Email));
    }

    private static async Task<HttpStatusCode> WatchAsync(Customer browser)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/links");
        request.Headers.Add("X-Only-Watches", "1");
        return (await browser.SendAsync(request)).Status;
    }
}
