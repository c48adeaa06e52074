using System.Net;
using System.Net.Http.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.SignIn;

public sealed class FormGuardTests : StaffFixture
{
    private static readonly string[] Actions =
    [
        "/", "/sign-out", "/language", "/merchants", "/links/new", "/desk", "/links/{id}/messages",
        "/links/{id}/extend", "/links/{id}/cancel", "/desk/{id}/correct", "/sign-in/code", "/sign-in/passkey",
        "/session", "/account/password", "/account/sessions/end", "/account/authenticator", "/account/passkeys/new",
    ];

    [TestCaseSource(nameof(Actions))]
    public async Task A_form_without_its_secret_field_does_nothing(string action)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);

        var answer = await owner.SendAsync(new HttpRequestMessage(HttpMethod.Post, Path(action, link))
        {
            Content = new FormUrlEncodedContent(
                [KeyValuePair.Create("amount", "1"), KeyValuePair.Create("expiresIn", "P9D")]),
        });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answer.Words, Does.Contain("Non abbiamo eseguito nulla."));
        Assert.That((await owner.OpenAsync(link)).Words, Does.Contain("In attesa"), "neither canceled nor signed out");
    }

    [TestCase("cross-site")]
    [TestCase("same-site")]
    public async Task A_form_from_another_site_does_nothing(string site)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var page = await owner.OpenAsync("/links/new");

        var answer = await owner.SendAsync(Post("/links/new", page, ("Sec-Fetch-Site", site)));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task An_old_browser_is_judged_by_its_origin()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var page = await owner.OpenAsync("/links/new");

        var foreign = await owner.SendAsync(Post("/links/new", page, ("Origin", "https://evil.example.test")));
        var own = await owner.SendAsync(Post("/links/new", page, ("Origin", Paylinks.ApiUrl)));

        Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(own.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "let in, and found empty");
    }

    [Test]
    public async Task Another_persons_form_is_void()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var agent = await SignedInAsync(TestSystem.Agent);

        var answer = await agent.SubmitAsync(await owner.OpenAsync("/links/new"), "/links/new", ("amount", "1"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Json_is_no_form()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var answer = await owner.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/links/new")
        {
            Content = JsonContent.Create(new { amount = "1" }),
        });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static string Path(string action, string link) =>
        action.Replace("{id}", link.Split('/')[^1], StringComparison.Ordinal);

    private static HttpRequestMessage Post(string path, SeenPage page, (string Name, string Value) header)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(page.FormTo(path).Hidden),
        };
        request.Headers.Add(header.Name, header.Value);
        return request;
    }
}
