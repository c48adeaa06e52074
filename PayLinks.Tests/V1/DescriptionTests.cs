using System.Net;
using System.Text.Json;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>The API's description, its pages, and the listener for whoever runs it.</summary>
public sealed class DescriptionTests : ApiFixture
{
    private const string Copy = "docs/api/openapi.json";

    [Test]
    public async Task The_description_is_the_one_that_is_checked_in()
    {
        using var http = new HttpClient();
        var served = await http.GetStringAsync(Paylinks.ApiUrl + "/openapi/v1.json");

        Assert.That(served.Trim(), Is.EqualTo((await File.ReadAllTextAsync(SourceTree.PathOf(Copy))).Trim()),
            $"The interface has changed. If that is meant: curl $API/openapi/v1.json > {Copy}");
    }

    [Test]
    public async Task Every_operation_says_what_it_does_and_what_it_refuses()
    {
        using var http = new HttpClient();
        using var document = JsonDocument.Parse(await http.GetStringAsync(Paylinks.ApiUrl + "/openapi/v1.json"));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Where(member => member.Name is "get" or "post")
            .Select(member => member.Value)
            .ToList();

        Assert.That(document.RootElement.GetProperty("openapi").GetString(), Does.StartWith("3.1"));
        Assert.That(operations, Has.Count.GreaterThanOrEqualTo(11));
        foreach (var operation in operations)
        {
            var id = operation.GetProperty("operationId").GetString();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(operation.GetProperty("summary").GetString(), Is.Not.Empty, id);
                Assert.That(operation.GetProperty("description").GetString(), Is.Not.Empty, id);
                Assert.That(operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name),
                    Is.SupersetOf(new[] { "401", "403", "429", "500", "503" }), id);
            }
        }
    }

    [Test]
    public async Task Every_problem_has_its_page_in_both_languages()
    {
        using var http = new HttpClient();
        foreach (var code in ProblemCodes.All)
        {
            foreach (var language in new[] { "it", "en" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"{Paylinks.ApiUrl}/docs/errors/{code}");
                request.Headers.Add("Accept-Language", language);
                using var response = await http.SendAsync(request);
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), code);
                Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain($"lang=\"{language}\""));
            }
        }

        using var unknown = await http.GetAsync(Paylinks.ApiUrl + "/docs/errors/nothing");
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public void Every_field_code_has_words_in_both_languages()
    {
        foreach (var words in new[] { LinkErrorWords.Italian, LinkErrorWords.English })
        {
            Assert.That(
                FieldCodes.All.Select(code => words.Of(new FieldError("", code, "7"))),
                Is.Unique.And.All.Not.Empty.And.All.Not.Contain("{0}"));
        }
    }

    [Test]
    public async Task The_page_to_try_the_api_is_served_by_us_alone()
    {
        using var http = new HttpClient();
        using var page = await http.GetAsync(Paylinks.ApiUrl + "/docs/index.html");
        var html = await page.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(html, Does.Not.Contain("http://").And.Not.Contain("https://"));
            Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("script-src 'self';"));
        }
    }

    [Test]
    public async Task Readiness_and_metrics_are_told_on_the_management_port_only()
    {
        using var http = new HttpClient();
        foreach (var (path, text) in new[]
        {
            ("/healthz", "Healthy"), ("/readyz", "Healthy"), ("/metrics", "http_server_request_duration"),
        })
        {
            Assert.That(await http.GetStringAsync(Paylinks.ApiManagementUrl + path), Does.Contain(text), path);
        }

        foreach (var path in new[] { "/readyz", "/metrics" })
        {
            using var response = await http.GetAsync(Paylinks.ApiUrl + path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        using var health = await http.GetAsync(Paylinks.ApiUrl + "/healthz");
        using var foreign = await http.GetAsync(Paylinks.ApiManagementUrl + "/v1/links");
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
