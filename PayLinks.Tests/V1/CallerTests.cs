using System.Net;
using System.Net.Http.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>Who may see and do what.</summary>
public sealed class CallerTests : ApiFixture
{
    private static readonly (HttpMethod Method, string Path)[] OfALink =
    [
        (HttpMethod.Get, ""), (HttpMethod.Get, "/events"), (HttpMethod.Get, "/qr.svg"), (HttpMethod.Get, "/qr.png"),
        (HttpMethod.Post, "/cancel"), (HttpMethod.Post, "/extend"), (HttpMethod.Post, "/messages"),
    ];

    [Test]
    public async Task Another_merchants_link_and_another_modes_link_do_not_exist()
    {
        var link = await Merchant.CreateLinkAsync("sms");
        using var neighbour = await AddKeyAsync(isOfAnotherMerchant: true);
        using var live = await AddKeyAsync("live");
        var rows = await RowsAsync();

        foreach (var caller in new[] { neighbour, live })
        {
            foreach (var (method, path) in OfALink)
            {
                using var request = new HttpRequestMessage(method, $"v1/links/{link.Id}{path}");
                request.Content = path == "/messages" ? JsonContent.Create(new { channel = "sms" }) : null;
                using var response = await caller.Http.SendAsync(request);
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
                Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("not_found"));
            }

            Assert.That((await caller.Http.GetFromJsonAsync<Page<Link>>("v1/links"))!.Data, Is.Empty);
        }

        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    [Test]
    public async Task A_cursor_is_of_no_use_to_anybody_else()
    {
        await Merchant.CreateLinkAsync();
        await Merchant.CreateLinkAsync();
        var page = await Merchant.Http.GetFromJsonAsync<Page<Link>>("v1/links?limit=1");
        using var neighbour = await AddKeyAsync(isOfAnotherMerchant: true);

        using var response = await neighbour.Http.GetAsync("v1/links?after=" + page!.NextCursor);

        Assert.That((await ProblemAsync(response)).Errors.Single().Code, Is.EqualTo("cursor_invalid"));
    }

    [Test]
    public async Task Two_merchants_may_use_the_same_key_for_their_requests()
    {
        using var neighbour = await AddKeyAsync(isOfAnotherMerchant: true);
        using var ours = await Merchant.PostAsync("v1/links", Merchant.Order(), "shared");
        using var theirs = await neighbour.PostAsync("v1/links", Merchant.Order("7.00"), "shared");

        Assert.That(theirs.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(theirs.Headers.Contains("Idempotent-Replayed"), Is.False);
    }

    [TestCase("pl_")]
    [TestCase("msg_01m8407csnet1tqewvtc6qbxqp")]
    [TestCase("pl_01m8407csnet1tqewvtc6qbxq")]
    [TestCase("pl_01m8407csnet1tqewvtc6qbxqpp")]
    [TestCase("pl_01m8407csnet1tqewvtc6qbxqu")]
    [TestCase("..%2f..%2fetc")]
    [TestCase("pl_%e0%80%af")]
    [TestCase("pl_zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task An_id_that_is_none_is_not_found(string id)
    {
        using var response = await Merchant.Http.GetAsync("v1/links/" + id);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("not_found"));
    }

    [TestCase(null)]
    [TestCase("Bearer")]
    [TestCase("Bearer plk_test_wrong")]
    [TestCase("Bearer plk_test_" + "00000000000000000000000000000000")]
    [TestCase("Basic cGxrOng=")]
    public async Task Without_a_key_there_is_nothing(string? authorization)
    {
        using var nobody = new HttpClient { BaseAddress = new Uri(Paylinks.ApiUrl) };
        nobody.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var response = await nobody.GetAsync("v1/links");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"));
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("unauthorized"));
    }

    [Test]
    public async Task A_revoked_key_stops_working_within_seconds()
    {
        using var caller = await AddKeyAsync();
        using var before = await caller.Http.GetAsync("v1/links");
        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await Paylinks.Database.ExecuteAsync("update api_key set revoked_at = now() where name = 'of a test'");

        await Eventually.IsTrueAsync(
            async () =>
            {
                using var after = await caller.Http.GetAsync("v1/links");
                return after.StatusCode == HttpStatusCode.Unauthorized;
            },
            "the key is refused");
    }

    [Test]
    public async Task A_key_that_may_read_may_not_write()
    {
        using var reader = await AddKeyAsync(scopes: ["links:read"]);

        using var read = await reader.Http.GetAsync("v1/links");
        using var write = await reader.PostAsync("v1/links", Merchant.Order());

        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(write.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await ProblemAsync(write)).Code, Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task An_unknown_path_and_method_are_problems_too()
    {
        using var path = await Merchant.Http.GetAsync("v1/nothing");
        using var method = await Merchant.Http.DeleteAsync("v1/links");

        Assert.That((await ProblemAsync(path)).Code, Is.EqualTo("not_found"));
        Assert.That((await ProblemAsync(method)).Code, Is.EqualTo("method_not_allowed"));
        Assert.That(method.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "POST" }));
    }
}
