using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Tests.Sandbox;

internal sealed class MolliePaymentTests
{
    private SandboxHost _sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task A_payment_by_card_token_waits_at_the_bank_and_cannot_be_canceled()
    {
        var payment = await _sandbox.CreatePaymentAsync();

        Assert.Multiple(() =>
        {
            Assert.That((string?)payment["status"], Is.EqualTo("open"));
            Assert.That((bool?)payment["isCancelable"], Is.False);
            Assert.That((string?)payment["metadata"]!["link"], Is.EqualTo("pl_1"));
            Assert.That((string?)payment["details"]!["cardNumber"], Is.EqualTo("9996"));
            Assert.That((string?)payment["_links"]!["checkout"]!["href"],
                Is.EqualTo($"{_sandbox.Url}/mollie/authenticate/{payment["id"]}"));
            Assert.That(DateTimeOffset.Parse((string)payment["expiresAt"]!, null)
                - DateTimeOffset.Parse((string)payment["createdAt"]!, null), Is.EqualTo(TimeSpan.FromMinutes(30)));
        });

        using var refused = await _sandbox.Mollie.DeleteAsync($"/v2/payments/{payment["id"]}");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task A_payment_where_nothing_is_chosen_yet_can_be_canceled_and_is_told()
    {
        var order = _sandbox.PaymentOrder();
        order["webhookUrl"] = $"{_sandbox.Receiver.Url}/canceled";
        var payment = await _sandbox.CreatePaymentAsync(order);

        using var canceled = await _sandbox.Mollie.DeleteAsync($"/v2/payments/{payment["id"]}");

        Assert.That((string?)(await SandboxHost.ReadAsync(canceled))["status"], Is.EqualTo("canceled"));
        await Eventually.IsTrueAsync(
            () => Task.FromResult(_sandbox.Receiver.At("/canceled").Count == 1), "the shop is told");
    }

    [Test]
    public async Task A_card_token_is_good_for_one_payment()
    {
        var token = await _sandbox.CardTokenAsync();
        await _sandbox.CreatePaymentAsync(_sandbox.PaymentOrder(cardToken: token));

        await RefusedAsync(_sandbox.PaymentOrder(cardToken: token), "cardToken");
        await RefusedAsync(_sandbox.PaymentOrder(cardToken: "tkn_unknowntest"), "cardToken");
    }

    [TestCase("10", "EUR")]
    [TestCase("10.0", "EUR")]
    [TestCase("10.000", "EUR")]
    [TestCase("-1.00", "EUR")]
    [TestCase("0.00", "EUR")]
    [TestCase("1,000.00", "EUR")]
    [TestCase("1.00", "JPY")]
    [TestCase("١٠.٠٠", "EUR")]
    public async Task An_amount_must_have_exactly_the_currencys_decimals(string value, string currency)
    {
        var order = _sandbox.PaymentOrder();
        order["amount"] = new JsonObject { ["value"] = value, ["currency"] = currency };
        await RefusedAsync(order, "amount");
    }

    [Test]
    public async Task An_amount_as_a_number_is_refused()
    {
        var order = _sandbox.PaymentOrder();
        order["amount"] = new JsonObject { ["value"] = 10.00m, ["currency"] = "EUR" };
        await RefusedAsync(order, "amount");
    }

    [TestCase("description", "")]
    [TestCase("description", null)]
    [TestCase("redirectUrl", null)]
    [TestCase("redirectUrl", "/relative")]
    [TestCase("webhookUrl", "ftp://example.test/")]
    [TestCase("locale", "it-IT")]
    [TestCase("method", "cheque")]
    [TestCase("sequenceType", "recurring")]
    [TestCase("profileId", "pfl_1")]
    [TestCase("testmode", "true")]
    [TestCase("descripton", "a slip of the pen")]
    public async Task A_field_that_Mollie_would_not_take_is_named(string field, string? value)
    {
        var order = _sandbox.PaymentOrder();
        order[field] = value;
        await RefusedAsync(order, field);
    }

    [Test]
    public async Task A_form_is_read_like_JSON()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["amount[value]"] = "10.00",
            ["amount[currency]"] = "EUR",
            ["description"] = "By form",
            ["redirectUrl"] = "https://shop.example.test/",
        });
        using var response = await _sandbox.Mollie.PostAsync("/v2/payments", form);
        var payment = await SandboxHost.ReadAsync(response);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((string?)payment["amount"]!["value"], Is.EqualTo("10.00"));
    }

    [Test]
    public async Task Other_keys_are_refused_and_another_profile_sees_nothing()
    {
        var id = (string)(await _sandbox.CreatePaymentAsync())["id"]!;
        using var other = new HttpClient { BaseAddress = new Uri(_sandbox.Url) };

        other.DefaultRequestHeaders.Authorization = new("Bearer", "test_unknown");
        using var refused = await other.GetAsync($"/v2/payments/{id}");
        other.DefaultRequestHeaders.Authorization = new("Bearer", SandboxHost.OtherMollieKey);
        using var missing = await other.GetAsync($"/v2/payments/{id}");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((string?)(await SandboxHost.ReadAsync(refused))["title"], Is.EqualTo("Unauthorized Request"));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_list_is_walked_by_its_links_without_missing_or_repeating_any()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            made.Add((string)(await sandbox.CreatePaymentAsync(sandbox.PaymentOrder()))["id"]!);
        }

        var walked = new List<string>();
        string? next = "/v2/payments?limit=3";
        string? previous = null;
        while (next is not null)
        {
            var page = (await sandbox.Mollie.GetFromJsonAsync<JsonNode>(next))!;
            walked.AddRange(page["_embedded"]!["payments"]!.AsArray().Select(payment => (string)payment!["id"]!));
            next = (string?)page["_links"]!["next"]?["href"];
            previous = (string?)page["_links"]!["previous"]?["href"];
        }

        Assert.That(walked, Is.EqualTo(Enumerable.Reverse(made)));
        var back = (await sandbox.Mollie.GetFromJsonAsync<JsonNode>(previous!))!;
        Assert.That(back["_embedded"]!["payments"]!.AsArray().Select(payment => (string)payment!["id"]!),
            Is.EqualTo(walked[3..6]));

        using var invalid = await sandbox.Mollie.GetAsync("/v2/payments?from=tr_unknown");
        Assert.That(invalid.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var tooMany = await sandbox.Mollie.GetAsync("/v2/payments?limit=251");
        Assert.That(tooMany.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_payment_expires_with_the_sandbox_clock_and_says_so()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var id = (string)(await sandbox.CreatePaymentAsync())["id"]!;

        await sandbox.OrderAsync("/sandbox/clock", new { advance = "PT29M" });
        Assert.That((string?)(await sandbox.PaymentAsync(id))["status"], Is.EqualTo("open"));
        await sandbox.OrderAsync("/sandbox/clock", new { advance = "PT1M" });

        var expired = await sandbox.PaymentAsync(id);
        Assert.That((string?)expired["status"], Is.EqualTo("expired"));
        Assert.That(expired["expiredAt"], Is.Not.Null);
        Assert.That(expired["expiresAt"], Is.Null);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(sandbox.Receiver.At("/mollie").Count == 1), "the shop is told");
    }

    [Test]
    public async Task A_payment_can_be_changed_until_it_is_final()
    {
        var id = (string)(await _sandbox.CreatePaymentAsync())["id"]!;

        using var changed = await _sandbox.Mollie.PatchAsJsonAsync(
            $"/v2/payments/{id}", new { description = "Other words" });
        Assert.That((string?)(await SandboxHost.ReadAsync(changed))["description"], Is.EqualTo("Other words"));

        await _sandbox.OrderAsync($"/sandbox/payments/{id}/complete", new { status = "failed" });
        using var refused = await _sandbox.Mollie.PatchAsJsonAsync(
            $"/v2/payments/{id}", new { redirectUrl = "https://shop.example.test/" });
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((string?)(await SandboxHost.ReadAsync(refused))["field"], Is.EqualTo("redirectUrl"));
    }

    [Test]
    public async Task Methods_and_profile_answer_what_the_key_may_use()
    {
        var methods = (await _sandbox.Mollie.GetFromJsonAsync<JsonNode>(
            "/v2/methods?amount[value]=9000.00&amount[currency]=EUR&locale=it_IT"))!;
        var names = methods["_embedded"]!["methods"]!.AsArray().ToDictionary(
            method => (string)method!["id"]!, method => (string)method!["description"]!);
        Assert.That(names["creditcard"], Is.EqualTo("Carta"));
        Assert.That(names, Does.Not.ContainKey("paypal"), "PayPal takes 8,000 at most");

        Assert.That(names, Does.Not.ContainKey("applepay"), "a wallet is listed for who can show it");
        Assert.That(
            await _sandbox.Mollie.GetStringAsync("/v2/methods?includeWallets=applepay,googlepay"),
            Does.Contain("\"applepay\"").And.Contain("\"paypal\"").And.Not.Contain("\"googlepay\""));
        using var purse = await _sandbox.Mollie.GetAsync("/v2/methods?includeWallets=purse");
        Assert.That(purse.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

        using var off = await _sandbox.Mollie.GetAsync("/v2/methods/ideal");
        using var unknown = await _sandbox.Mollie.GetAsync("/v2/methods/cheque");
        Assert.That(off.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        var profile = (await _sandbox.Mollie.GetFromJsonAsync<JsonNode>("/v2/profiles/me"))!;
        Assert.That((string?)profile["id"], Does.StartWith("pfl_"));
    }

    [Test]
    public async Task Sixty_four_at_once_lose_nothing()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 640), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (number, _) =>
            {
                using var response = await sandbox.PostPaymentAsync(sandbox.PaymentOrder(), key: $"key-{number / 2}");
                // A twin that comes while the first is at work is told to wait.
                if (response.StatusCode != HttpStatusCode.Conflict)
                {
                    ids.Add((string)(await SandboxHost.ReadAsync(response))["id"]!);
                }
            });

        Assert.That(ids.Distinct().Count(), Is.EqualTo(320));
        Assert.That((await sandbox.BooksAsync("payments")).Select(payment => (string)payment!["id"]!),
            Is.EquivalentTo(ids.Distinct()));
    }

    private async Task RefusedAsync(JsonObject order, string field)
    {
        using var response = await _sandbox.PostPaymentAsync(order);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/hal+json"));
        Assert.That((string?)(await SandboxHost.ReadAsync(response))["field"], Does.StartWith(field));
    }
}
