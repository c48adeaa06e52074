using System.Net;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>What was told, or should have been, is told again.</summary>
public sealed class RedeliverTests : EndpointFixture
{
    [Test]
    public async Task An_old_event_can_be_told_again_to_whoever_wants_its_type()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var link = await merchant.CreateLinkAsync();
        var created = (await merchant.EventsAsync(link.Id)).Single().Id;
        await AddAsync(merchant);
        await AddAsync(merchant, "link.created");
        await AddAsync(merchant, "link.paid");

        using var response = await merchant.PostAsync($"v1/events/{created}/redeliver");
        using var unknown = await merchant.PostAsync("v1/events/evt_01m8407csnet1tqewvtc6qbxqp/redeliver");
        using var foreign = await Merchant.PostAsync($"v1/events/{created}/redeliver");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(
            await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"notices":2,"hasMore":false}"""));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_period_or_all_that_failed_can_be_told_again()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        await merchant.CreateLinkAsync();
        var path = await AddAsync(merchant);
        await merchant.CreateLinkAsync();
        await Paylinks.Database.ExecuteAsync(
            "update notice set came_from = status, status = 'dead', finished_at = now(), attempt = 10");

        var failed = await RedeliverAsync(merchant, path, body: null);
        var nothingFailed = await RedeliverAsync(merchant, path, body: null);
        var period = await RedeliverAsync(merchant, path, new { from = "2020-01-01T00:00:00Z" });
        var past = await RedeliverAsync(merchant, path, new { to = "2020-01-01T00:00:00Z" });

        Assert.That((failed, nothingFailed, period, past), Is.EqualTo((1, 0, 2, 0)));
        Assert.That(
            await Paylinks.Database.QueryAsync<string>(
                "select status || ' ' || attempt from notice n join webhook_endpoint w on w.id = n.endpoint_id "
                + "where n.merchant_id <> @MerchantId", new { Paylinks.MerchantId }),
            Has.All.EqualTo("pending 0"));
    }

    [TestCase("""{"from":"yesterday"}""", "/from", "time_invalid")]
    [TestCase("""{"to":"2026-01-01T00:00:00"}""", "/to", "time_invalid")]
    [TestCase("""{"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "/to", "dates_reversed")]
    public async Task A_period_that_is_none_is_refused(string body, string pointer, string code)
    {
        var path = await AddAsync(Merchant);
        using var response = await PostRawAsync(path + "/redeliver", body);
        var problem = await ProblemAsync(response);

        Assert.That((problem.Errors[0].Pointer, problem.Errors[0].Code), Is.EqualTo((pointer, code)));
        await Merchant.Http.DeleteAsync(path);
    }

    [Test]
    public async Task Nothing_is_told_again_to_a_disabled_endpoint()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var path = await AddAsync(merchant);
        await PatchAsync(merchant, path, """{"disabled":true}""");

        using var response = await merchant.PostAsync(path + "/redeliver");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("endpoint_disabled"));
    }

    private static async Task<int> RedeliverAsync(Merchant caller, string path, object? body)
    {
        using var response = await caller.PostAsync(path + "/redeliver", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), text);
        return JsonDocument.Parse(text).RootElement.GetProperty("notices").GetInt32();
    }
}
