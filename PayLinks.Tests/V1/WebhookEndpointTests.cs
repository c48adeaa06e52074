using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;

namespace PayLinks.Tests.V1;

/// <summary>Where a merchant is told of events: made, changed and deleted.</summary>
public sealed class WebhookEndpointTests : EndpointFixture
{
    private static IEnumerable<TestCaseData> BadUrls => EndpointUrls.Bad.Where(url => url.Length > 0).Select(
        (url, number) => new TestCaseData(url).SetArgDisplayNames($"{number}"));

    [Test]
    public async Task A_secret_is_shown_once()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var made = await CreateAsync(merchant, new { url = Url, events = new[] { "link.paid" } });
        var id = made.GetProperty("id").GetString()!;

        var one = await merchant.Http.GetStringAsync($"{Path}/{id}");
        var all = await merchant.Http.GetStringAsync(Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(id, Does.StartWith("whe_"));
            Assert.That(made.GetProperty("secret").GetString(), Does.Match("^whsec_[A-Za-z0-9+/]{43}=$"));
            Assert.That(made.GetProperty("url").GetString(), Is.EqualTo(Url));
            Assert.That(made.GetProperty("events").GetRawText(), Is.EqualTo("[\"link.paid\"]"));
            Assert.That(made.GetProperty("disabled").GetBoolean(), Is.False);
            Assert.That(one, Does.Contain(id).And.Not.Contain("secret\"").And.Not.Contain("whsec_"));
            Assert.That(all, Does.Contain(id).And.Not.Contain("secret\"").And.Not.Contain("whsec_"));
        }
    }

    [Test]
    public async Task A_repeated_request_makes_one_endpoint_and_gets_its_secret_again()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        using var first = await merchant.PostAsync(Path, new { url = Url }, "hook-1");
        using var second = await merchant.PostAsync(Path, new { url = Url }, "hook-1");

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(first.Headers.Location!.ToString(), Does.StartWith("/v1/webhook-endpoints/whe_"));
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That(second.Headers.Contains("Idempotent-Replayed"), Is.True);
        Assert.That((await ListAsync(merchant)).Count, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(BadUrls))]
    public async Task An_address_inside_is_refused_and_nothing_is_stored(string url)
    {
        var before = await RowsAsync();
        // Bytes, because the JSON writer of a client would mend what is no text.
        using var response = await PostRawAsync(Path, JsonSerializer.Serialize(new { url }));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var problem = await ProblemAsync(response);
        Assert.That(problem.Errors.Single().Pointer, Is.EqualTo("/url"));
        Assert.That(problem.Errors.Single().Code, Is.AnyOf("endpoint_url_invalid", "required"));
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [TestCase("{}", 422, "/url", "required")]
    [TestCase("""{"url":null}""", 422, "/url", "required")]
    [TestCase("""{"url":"https://shop.example/4242424242424242"}""", 422, "/url", "card_data_not_allowed")]
    [TestCase("""{"url":"https://shop.example/","events":["link.payed"]}""", 422, "/events/0", "value_unknown")]
    [TestCase("""{"url":"https://shop.example/","events":["link.paid","link.paid"]}""", 422, "/events/1",
        "duplicate_value")]
    [TestCase("""{"url":"https://shop.example/","events":"link.paid"}""", 400, "/events", "wrong_type")]
    [TestCase("""{"url":7}""", 400, "/url", "wrong_type")]
    [TestCase("""{"url":"https://shop.example/","secret":"mine"}""", 400, "/secret", "unknown_field")]
    public async Task What_makes_no_sense_is_refused(string body, int status, string pointer, string code)
    {
        using var response = await PostRawAsync(Path, body);
        var problem = await ProblemAsync(response);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That((problem.Errors[0].Pointer, problem.Errors[0].Code), Is.EqualTo((pointer, code)));
    }

    [Test]
    public async Task An_endpoint_can_be_changed_disabled_and_enabled()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var path = await AddAsync(merchant, "link.paid");

        var moved = await PatchAsync(merchant, path, """{"url":"https://other.example/","events":[]}""");
        var disabled = await PatchAsync(merchant, path, """{"disabled":true}""");
        var enabled = await PatchAsync(merchant, path, """{"disabled":false}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved.GetProperty("url").GetString(), Is.EqualTo("https://other.example/"));
            Assert.That(moved.GetProperty("events").GetArrayLength(), Is.Zero);
            Assert.That(disabled.GetProperty("disabledReason").GetString(), Is.EqualTo("merchant"));
            Assert.That(disabled.GetProperty("url").GetString(), Is.EqualTo("https://other.example/"));
            Assert.That(enabled.GetProperty("disabled").GetBoolean(), Is.False);
        }
    }

    [TestCase("""{"url":"https://127.0.0.1/"}""", HttpStatusCode.UnprocessableEntity)]
    [TestCase("""{"url":""}""", HttpStatusCode.UnprocessableEntity)]
    [TestCase("""{"disabled":"yes"}""", HttpStatusCode.BadRequest)]
    [TestCase("""{"disabled":1}""", HttpStatusCode.BadRequest)]
    [TestCase("""{"mode":"live"}""", HttpStatusCode.BadRequest)]
    [TestCase("[]", HttpStatusCode.BadRequest)]
    [TestCase("", HttpStatusCode.BadRequest)]
    public async Task A_bad_change_changes_nothing(string body, HttpStatusCode status)
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var path = await AddAsync(merchant);
        var before = await merchant.Http.GetStringAsync(path);

        using var response = await merchant.Http.PatchAsync(path, Json(body));

        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(await merchant.Http.GetStringAsync(path), Is.EqualTo(before));
    }

    [Test]
    public async Task A_deleted_endpoint_is_gone_with_its_secret()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var path = await AddAsync(merchant);

        using var deleted = await merchant.Http.DeleteAsync(path);
        using var again = await merchant.Http.DeleteAsync(path);
        using var read = await merchant.Http.GetAsync(path);

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await ListAsync(merchant), Is.Empty);
        var secrets = await Paylinks.Database.ReadAsync<int>(
            "select count(secret_cipher)::int from webhook_endpoint where deleted_at is not null");
        Assert.That(secrets, Is.Zero);
    }

    [Test]
    public async Task A_rotation_shows_a_new_secret_and_says_how_long_the_old_one_signs()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var made = await CreateAsync(merchant, new { url = Url });
        using var response = await merchant.PostAsync($"{Path}/{made.GetProperty("id").GetString()}/rotate-secret");
        var rotated = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            rotated.GetProperty("secret").GetString(),
            Does.StartWith("whsec_").And.Not.EqualTo(made.GetProperty("secret").GetString()));
        Assert.That(
            rotated.GetProperty("previousSecretUntil").GetDateTimeOffset(),
            Is.EqualTo(TimeProvider.System.GetUtcNow().AddHours(24)).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task There_can_be_twenty_also_when_many_are_made_at_once()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 25).Select(_ => merchant.PostAsync(Path, new { url = Url })));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(20));
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.Created);
        Assert.That((await ProblemAsync(refused)).Code, Is.EqualTo("too_many_endpoints"));
    }

    [Test]
    public async Task The_list_has_pages_and_no_cursor_of_anybody_else()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        string[] made = [await AddAsync(merchant), await AddAsync(merchant), await AddAsync(merchant)];

        var first = await merchant.Http.GetFromJsonAsync<Page<JsonElement>>(Path + "?limit=2");
        var second = await merchant.Http.GetFromJsonAsync<Page<JsonElement>>(
            $"{Path}?limit=2&after={first!.NextCursor}");
        using var foreign = await Merchant.Http.GetAsync($"{Path}?after={first.NextCursor}");

        Assert.That(
            first.Data.Concat(second!.Data).Select(one => $"{Path}/{one.GetProperty("id").GetString()}"),
            Is.EqualTo(made.Reverse()));
        Assert.That((first.HasMore, second.HasMore, second.NextCursor), Is.EqualTo((true, false, (string?)null)));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Another_merchants_endpoint_and_another_modes_endpoint_do_not_exist()
    {
        using var owner = await AddKeyAsync(isOfAnotherMerchant: true);
        var path = await AddAsync(owner);
        using var live = await AddKeyAsync("live");

        foreach (var caller in new[] { Merchant, live })
        {
            Assert.That((await ListAsync(caller)).Select(one => one.GetProperty("id").GetString()),
                Has.None.EqualTo(path.Split('/')[^1]));
            foreach (var (method, end) in new[]
            {
                (HttpMethod.Get, ""), (HttpMethod.Patch, ""), (HttpMethod.Delete, ""), (HttpMethod.Get, "/deliveries"),
                (HttpMethod.Post, "/rotate-secret"), (HttpMethod.Post, "/redeliver"),
            })
            {
                using var request = new HttpRequestMessage(method, path + end);
                request.Content = method == HttpMethod.Patch ? JsonContent.Create(new { disabled = true }) : null;
                using var response = await caller.Http.SendAsync(request);
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), $"{method} {end}");
            }
        }
    }

    [Test]
    public async Task A_key_without_the_scope_may_not()
    {
        using var caller = await AddKeyAsync(scopes: ["links:read", "links:write", "events:read"]);

        using var read = await caller.Http.GetAsync(Path);
        using var write = await caller.PostAsync(Path, new { url = Url });
        using var again = await caller.PostAsync("v1/events/evt_01m8407csnet1tqewvtc6qbxqp/redeliver");

        Assert.That(
            new[] { read, write, again }.Select(response => response.StatusCode),
            Is.All.EqualTo(HttpStatusCode.Forbidden));
    }
}
