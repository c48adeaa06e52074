using System.Net;
using System.Net.Http.Headers;
using PayLinks.Api.Assets;

namespace PayLinks.Tests.Pay;

public sealed class PageHeadersTests : PayFixture
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });

    [OneTimeTearDown]
    public void Close() => _http.Dispose();

    [Test]
    public async Task Only_the_page_with_card_fields_lets_the_providers_script_in()
    {
        using var live = await _http.GetAsync((await NewLinkAsync()).Url);
        using var unknown = await _http.GetAsync(Paylinks.ApiUrl + "/p/none");

        Assert.That(Policy(live), Is.EqualTo(
            $"default-src 'none'; script-src 'self' {Paylinks.SandboxUrl}; frame-src {Paylinks.SandboxUrl}; "
            + $"style-src 'self' 'unsafe-inline'; img-src 'self' data: {Paylinks.SandboxUrl}; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
        Assert.That(Policy(unknown), Is.EqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
    }

    [Test]
    public async Task Every_answer_protects_itself([Values("", "/result", "/status", "/none/none")] string below)
    {
        using var answer = await _http.GetAsync((await NewLinkAsync()).Url + below);

        Assert.That(Header(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header(answer, "Referrer-Policy"), Is.EqualTo("no-referrer"));
        Assert.That(Header(answer, "Cache-Control"), Does.Contain("no-store"));
        Assert.That(Header(answer, "X-Robots-Tag"), Is.EqualTo("noindex"));
        Assert.That(Header(answer, "Permissions-Policy"), Does.Contain("camera=()"));
        Assert.That(Header(answer, "Cross-Origin-Opener-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Header(answer, "Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Policy(answer), Does.Not.Contain("unsafe-eval").And.Contain("frame-ancestors 'none'"));
        Assert.That(answer.Headers.Contains("Server"), Is.False);
        Assert.That(answer.Headers.Contains("Strict-Transport-Security"), Is.False, "the address is http");
    }

    [Test]
    public async Task Cookies_are_ours_alone_and_out_of_reach_of_scripts()
    {
        using var answer = await _http.GetAsync((await NewLinkAsync()).Url);

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();

        Assert.That(cookies, Has.Count.EqualTo(1));
        Assert.That(cookies[0], Does.StartWith("__Host-").And.Contain("secure").And.Contain("httponly")
            .And.Contain("path=/").And.Contain("samesite=lax").And.Not.Contain("domain"));
    }

    [Test]
    public async Task A_file_of_ours_is_kept_for_ever_and_sent_small()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Paylinks.ApiUrl + Asset.Url("pay.css"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

        using var small = await _http.SendAsync(request);
        using var plain = await _http.GetAsync(Paylinks.ApiUrl + Asset.Url("pay.css"));
        using var other = await _http.GetAsync(Paylinks.ApiUrl + "/assets/pay.000000000000.css");

        Assert.That(small.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }));
        Assert.That(Header(small, "Cache-Control"), Is.EqualTo("public, max-age=31536000, immutable"));
        Assert.That(Header(small, "Vary"), Is.EqualTo("Accept-Encoding"));
        Assert.That(small.Content.Headers.ContentLength, Is.LessThan(plain.Content.Headers.ContentLength ?? 0));
        Assert.That(plain.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/css; charset=utf-8"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static string Policy(HttpResponseMessage answer) => Header(answer, "Content-Security-Policy");

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.GetValues(name));
}
