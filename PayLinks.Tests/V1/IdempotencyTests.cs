using System.Net;
using Dapper;
using Npgsql;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

public sealed class IdempotencyTests : ApiFixture
{
    [Test]
    public async Task A_repeated_request_gets_the_first_answer_and_makes_nothing_more()
    {
        using var first = await Merchant.PostAsync("v1/links", Merchant.Order(send: "sms"), "repeat-1");
        var rows = await RowsAsync();
        using var second = await Merchant.PostAsync("v1/links", Merchant.Order(send: "sms"), "repeat-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.StatusCode, Is.EqualTo(first.StatusCode));
            Assert.That(
                await second.Content.ReadAsByteArrayAsync(), Is.EqualTo(await first.Content.ReadAsByteArrayAsync()));
            Assert.That(second.Headers.Location, Is.EqualTo(first.Headers.Location));
            Assert.That(first.Headers.Contains("Idempotent-Replayed"), Is.False);
            Assert.That(second.Headers.GetValues("Idempotent-Replayed"), Is.EqualTo(new[] { "true" }));
            Assert.That(await RowsAsync(), Is.EqualTo(rows));
        }
    }

    [Test]
    public async Task Sixteen_twins_make_one_link_and_get_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var response = await Merchant.PostAsync("v1/links", Merchant.Order(send: "sms"), "twins");
            return (response.StatusCode, Body: await response.Content.ReadAsStringAsync(),
                IsReplay: response.Headers.Contains("Idempotent-Replayed"));
        }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.StatusCode), Has.All.EqualTo(HttpStatusCode.Created));
            Assert.That(answers.Select(answer => answer.Body).Distinct().Count(), Is.EqualTo(1));
            Assert.That(answers.Count(answer => !answer.IsReplay), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_key_serves_one_request_only()
    {
        using var first = await Merchant.PostAsync("v1/links", Merchant.Order("1.00"), "once");
        var link = await ReadIdAsync(first);
        using var otherBody = await Merchant.PostAsync("v1/links", Merchant.Order("2.00"), "once");
        using var otherPath = await Merchant.PostAsync($"v1/links/{link}/cancel", null, "once");

        foreach (var other in new[] { otherBody, otherPath })
        {
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That((await ProblemAsync(other)).Code, Is.EqualTo("idempotency_key_reused"));
        }
    }

    [Test]
    public async Task A_refused_request_leaves_its_key_free()
    {
        using var refused = await Merchant.PostAsync("v1/links", Merchant.Order("0.00"), "second-try");
        using var mended = await Merchant.PostAsync("v1/links", Merchant.Order("1.00"), "second-try");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(mended.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task An_answer_outlives_the_time_that_the_request_named()
    {
        var order = Merchant.Order();
        order["expiresAt"] = await Paylinks.Database.ReadAsync<DateTime>(
            "select paylinks_now() + interval '10 minutes'");
        using var first = await Merchant.PostAsync("v1/links", order, "in-time");
        await Paylinks.Database.MoveClockAsync(TimeSpan.FromMinutes(20));
        using var late = await Merchant.PostAsync("v1/links", order, "in-time");

        Assert.That(await late.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
    }

    [Test]
    public async Task Canceling_extending_and_sending_are_done_once_too()
    {
        var link = await Merchant.CreateLinkAsync();
        foreach (var (path, body) in new (string, object?)[]
        {
            ("messages", new { channel = "email" }), ("extend", new { expiresIn = "P9D" }), ("cancel", null),
        })
        {
            using var first = await Merchant.PostAsync($"v1/links/{link.Id}/{path}", body, "once-" + path);
            var rows = await RowsAsync();
            using var second = await Merchant.PostAsync($"v1/links/{link.Id}/{path}", body, "once-" + path);

            using (Assert.EnterMultipleScope())
            {
                Assert.That((int)first.StatusCode, Is.InRange(200, 201), path);
                Assert.That(
                    await second.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()),
                    path);
                Assert.That(second.Headers.Contains("Idempotent-Replayed"), path);
                Assert.That(await RowsAsync(), Is.EqualTo(rows), path);
            }
        }
    }

    [TestCase("")]
    [TestCase("with space")]
    [TestCase("4242424242424242")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        using var response = await PostRawAsync("v1/links", "{}", key);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("invalid_idempotency_key"));
    }

    // Each holds sixteen digits that would do for a card.
    [TestCase("a4476426-6939-4922-8eef-ff5910eb1d71")]
    [TestCase("3c8763a1-981e-4700-8694-69210499bf5f")]
    public async Task Any_uuid_is_a_key(string key)
    {
        using var response = await Merchant.PostAsync("v1/links", Merchant.Order(), key);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_key_has_at_most_255_characters()
    {
        using var longest = await Merchant.PostAsync("v1/links", Merchant.Order(), new string('k', 255));
        using var tooLong = await Merchant.PostAsync("v1/links", Merchant.Order(), new string('k', 256));

        Assert.That(longest.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(tooLong.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_twin_of_a_request_that_hangs_is_told_to_come_back()
    {
        // Another process holds the key in a transaction that does not end.
        await using var hanging = new NpgsqlConnection(Paylinks.Database.SuperuserConnection);
        await hanging.OpenAsync();
        await using var transaction = await hanging.BeginTransactionAsync();
        await hanging.ExecuteAsync(
            """
            insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
            values (@MerchantId, 'test', 'hangs', '', 200, '', now())
            """,
            new { Paylinks.MerchantId });

        using var response = await Merchant.PostAsync("v1/links", Merchant.Order(), "hangs");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("request_in_progress"));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task A_kept_answer_opens_no_link()
    {
        using var response = await Merchant.PostAsync("v1/links", Merchant.Order(), "sealed");
        var url = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync())
            .RootElement.GetProperty("url").GetString()!;

        Assert.That(await Paylinks.Database.FindTextAsync(url[^20..]), Is.Empty);
    }

    private static async Task<string> ReadIdAsync(HttpResponseMessage response) =>
        System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync())
            .RootElement.GetProperty("id").GetString()!;
}
