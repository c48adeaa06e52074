using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>The merchant's feed and its live twin: everything, once, in order, and for nobody else.</summary>
public sealed class FeedTests : ApiFixture
{
    [Test]
    public async Task Every_event_comes_oldest_first_with_its_link_as_it_stands()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var first = await merchant.CreateLinkAsync();
        var second = await merchant.CreateLinkAsync();
        await merchant.CancelAsync(first.Id);

        var page = await WaitAsync(merchant, "", 3);
        var canceled = await merchant.Http.GetFromJsonAsync<JsonElement>($"v1/links/{first.Id}");

        Assert.That(
            page.Data.Select(happened => (happened.Type, LinkOf(happened))),
            Is.EqualTo(new[]
            {
                ("link.created", first.Id), ("link.created", second.Id), ("link.canceled", first.Id),
            }));
        Assert.That(page.Data.Select(happened => happened.Sequence), Is.EqualTo(new[] { 1, 1, 2 }));
        Assert.That(page.Data[0].Data.GetRawText(), Is.EqualTo(canceled.GetRawText()));
        Assert.That(page.HasMore, Is.False);
        Assert.That(page.NextCursor, Is.EqualTo(page.Data[^1].Id), "to go on from later");
    }

    [Test]
    public async Task Pages_follow_one_another_without_gap_or_twin()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        for (var i = 0; i < 7; i++)
        {
            await merchant.CreateLinkAsync();
        }

        var all = (await WaitAsync(merchant, "", 7)).Data.Select(happened => happened.Id).ToList();
        var seen = new List<string>();
        string? cursor = null;
        bool hasMore;
        do
        {
            var page = await ReadAsync(merchant, $"?limit=3{(cursor is null ? "" : "&after=" + cursor)}");
            seen.AddRange(page.Data.Select(happened => happened.Id));
            (cursor, hasMore) = (page.NextCursor, page.HasMore);
        }
        while (hasMore);

        Assert.That(seen, Is.EqualTo(all));
        var none = await ReadAsync(merchant, "?after=" + cursor);
        Assert.That((none.Data.Count, none.HasMore, none.NextCursor), Is.EqualTo((0, false, cursor)));
    }

    [Test]
    public async Task An_event_that_commits_late_is_not_skipped()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var slow = await merchant.CreateLinkAsync();
        var (merchantId, slowId) = await IdsAsync(slow.Id);
        await WaitAsync(merchant, "", 1);

        // Its transaction begins before the quick one's and ends after it.
        var quick = await LateAsync(merchantId, slowId, async () =>
        {
            var made = await merchant.CreateLinkAsync();
            var meanwhile = await ReadAsync(merchant, "");
            Assert.That(meanwhile.Data, Has.Count.EqualTo(1), "what came after it must wait for it");
            return made;
        });

        var page = await WaitAsync(merchant, "", 3);
        Assert.That(
            page.Data.Select(happened => (happened.Type, LinkOf(happened))),
            Is.EqualTo(new[]
            {
                ("link.created", slow.Id), ("link.opened", slow.Id), ("link.created", quick.Id),
            }));
    }

    [Test]
    public async Task An_event_that_is_not_settled_is_no_place_to_go_on_from()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var slow = await merchant.CreateLinkAsync();
        var (merchantId, slowId) = await IdsAsync(slow.Id);

        var code = await LateAsync(merchantId, slowId, async () =>
        {
            var quick = await merchant.CreateLinkAsync();
            var early = (await merchant.EventsAsync(quick.Id)).Single().Id;
            using var response = await merchant.Http.GetAsync("v1/events?after=" + early);
            return (await ProblemAsync(response)).Errors.Single().Code;
        });

        Assert.That(code, Is.EqualTo("cursor_invalid"));
    }

    [Test]
    public async Task Nothing_of_another_merchant_or_mode_is_told()
    {
        using var neighbour = await AddKeyAsync(isOfAnotherMerchant: true);
        using var live = await AddKeyAsync("live");
        var link = await Merchant.CreateLinkAsync();
        var ours = await WaitAsync(Merchant, "?limit=250", 1);

        foreach (var caller in new[] { neighbour, live })
        {
            Assert.That((await ReadAsync(caller, "")).Data, Is.Empty);
            using var foreign = await caller.Http.GetAsync("v1/events?after=" + ours.Data[0].Id);
            Assert.That((await ProblemAsync(foreign)).Errors.Single().Code, Is.EqualTo("cursor_invalid"));
        }

        Assert.That(ours.Data.Select(LinkOf), Has.Member(link.Id));
    }

    [TestCase("?after=evt_1", "cursor_invalid")]
    [TestCase("?after=17.0198", "cursor_invalid")]
    [TestCase("?after=pl_01m8407csnet1tqewvtc6qbxqp", "cursor_invalid")]
    [TestCase("?limit=0", "limit_invalid")]
    [TestCase("?limit=251", "limit_invalid")]
    [TestCase("?before=evt_1", "unknown_parameter")]
    [TestCase("?after=evt_1&after=evt_2", "repeated_parameter")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, string code)
    {
        using var response = await Merchant.Http.GetAsync("v1/events" + query);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await ProblemAsync(response)).Errors[0].Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_key_without_the_scope_follows_nothing()
    {
        using var caller = await AddKeyAsync(scopes: ["links:read", "links:write", "webhooks:write"]);

        foreach (var path in new[] { "v1/events", "v1/events/stream" })
        {
            using var response = await caller.Http.GetAsync(path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }
    }

    [Test]
    public async Task The_stream_tells_the_same_as_it_happens()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        await merchant.CreateLinkAsync();
        await WaitAsync(merchant, "", 1);
        await using var stream = await FeedStream.OpenAsync(Paylinks, merchant.ApiKey);

        var link = await merchant.CreateLinkAsync();
        var heard = await stream.NextAsync();
        var read = (await WaitAsync(merchant, "", 2)).Data[^1];

        Assert.That(heard.EventId, Is.EqualTo(read.Id));
        Assert.That(heard.EventType, Is.EqualTo("message"), "so that every client hears it");
        Assert.That(JsonDocument.Parse(heard.Data).RootElement.GetProperty("data").GetProperty("id").GetString(),
            Is.EqualTo(link.Id));
    }

    [Test]
    public async Task Whoever_comes_back_with_the_last_id_has_missed_nothing()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        await merchant.CreateLinkAsync();
        var last = (await WaitAsync(merchant, "", 1)).NextCursor;
        var missed = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            missed.Add((await merchant.CreateLinkAsync()).Id);
        }

        await using var stream = await FeedStream.OpenAsync(Paylinks, merchant.ApiKey, last);
        var heard = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            heard.Add(JsonDocument.Parse((await stream.NextAsync()).Data).RootElement
                .GetProperty("data").GetProperty("id").GetString());
        }

        Assert.That(heard, Is.EqualTo(missed));
    }

    [Test]
    public async Task The_stream_waits_for_an_event_that_commits_late()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var slow = await merchant.CreateLinkAsync();
        var (merchantId, slowId) = await IdsAsync(slow.Id);
        await using var stream = await FeedStream.OpenAsync(
            Paylinks, merchant.ApiKey, (await WaitAsync(merchant, "", 1)).NextCursor);

        await LateAsync(merchantId, slowId, () => merchant.CreateLinkAsync());

        string?[] types = [TypeOf(await stream.NextAsync()), TypeOf(await stream.NextAsync())];
        Assert.That(types, Is.EqualTo(new[] { "link.opened", "link.created" }));
    }

    [Test]
    public async Task A_key_holds_twenty_streams_open_and_gets_another_when_one_is_closed()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        var streams = new List<FeedStream>();
        for (var i = 0; i < 20; i++)
        {
            streams.Add(await FeedStream.OpenAsync(Paylinks, merchant.ApiKey));
        }

        using var refused = await merchant.Http.GetAsync("v1/events/stream");
        await streams[0].DisposeAsync();
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var response = await merchant.Http.GetAsync(
                    "v1/events/stream", HttpCompletionOption.ResponseHeadersRead);
                return response.StatusCode == HttpStatusCode.OK;
            },
            "a place is free again");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        foreach (var stream in streams.Skip(1))
        {
            await stream.DisposeAsync();
        }
    }

    [Test]
    public async Task A_revoked_key_keeps_no_stream_open()
    {
        using var merchant = await AddKeyAsync(isOfAnotherMerchant: true);
        await using var stream = await FeedStream.OpenAsync(Paylinks, merchant.ApiKey);

        await Paylinks.Database.ExecuteAsync(
            "update api_key set revoked_at = now() where merchant_id <> @MerchantId", new { Paylinks.MerchantId });

        Assert.That(await stream.EndsAsync(), Is.True);
    }

    [Test]
    public async Task A_place_that_is_none_opens_no_stream()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/events/stream");
        request.Headers.Add("Last-Event-ID", "evt_nothing");
        using var response = await Merchant.Http.SendAsync(request);

        Assert.That((await ProblemAsync(response)).Errors.Single().Pointer, Is.EqualTo("/Last-Event-ID"));
    }

    private static string? TypeOf(SseItem<string> item) =>
        JsonDocument.Parse(item.Data).RootElement.GetProperty("type").GetString();

    private static string? LinkOf(Happened happened) => happened.Data.GetProperty("id").GetString();

    private static async Task<Page<Happened>> ReadAsync(Merchant caller, string query) =>
        (await caller.Http.GetFromJsonAsync<Page<Happened>>("v1/events" + query))!;

    // What has just been committed is told as soon as no older transaction of the server is running.
    private static Task<Page<Happened>> WaitAsync(Merchant caller, string query, int count) => Eventually.SeesAsync(
        () => ReadAsync(caller, query), page => page.Data.Count >= count, $"{count} events",
        TimeSpan.FromSeconds(30));

    private async Task<(Guid Merchant, Guid Link)> IdsAsync(string link)
    {
        Assert.That(PublicId.TryParse(PublicId.Link, link, out var id));
        return (await Paylinks.Database.ReadAsync<Guid>("select merchant_id from link where id = @id", new { id }), id);
    }

    /// <summary>Does something while an event that was written before is not committed yet.</summary>
    private async Task<T> LateAsync<T>(Guid merchantId, Guid linkId, Func<Task<T>> meanwhile)
    {
        await using var late = await Paylinks.Database.App.BeginAsync(merchantId);
        await late.RecordAsync(new NewEvent(linkId, EventTypes.LinkOpened, "customer"));
        var result = await meanwhile();
        await late.CommitAsync();
        return result;
    }

    private sealed record Happened(
        string Id, string Type, int Sequence, DateTimeOffset CreatedAt, JsonElement Data);
}
