using System.Net;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Limits;

/// <summary>
/// So many texts to one number, to numbers like it, and in a day; not one more, however they are asked for.
/// </summary>
public sealed class TextLimitTests : LimitFixture
{
    [Test]
    public void The_limits_are_those_that_are_stated()
    {
        var limits = new SendLimits();
        Assert.That(
            (limits.TextsPerNumber, limits.TextsPerNumberAndDay, limits.TextsPerPrefixAndHour,
                limits.ResendAfter, limits.ResendsPerLink),
            Is.EqualTo((3, 6, 20, TimeSpan.FromMinutes(1), 5)));
    }

    [Test]
    public async Task Of_twenty_at_once_to_one_number_three_pass()
    {
        var number = NewBlock() + "0001";
        var before = await RowsAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TextAsync(number)));

        Assert.That(
            responses.CountBy(response => response.StatusCode).ToDictionary(),
            Is.EquivalentTo(new Dictionary<HttpStatusCode, int>
            {
                [HttpStatusCode.Created] = 3,
                [HttpStatusCode.TooManyRequests] = 17,
            }));
        // A link, an event and a message each.
        Assert.That(await RowsAsync() - before, Is.EqualTo(9), "rows");
        foreach (var refused in responses.Where(response => response.StatusCode != HttpStatusCode.Created))
        {
            await ShouldBeLimitedAsync(refused, "number_limit", TimeSpan.FromMinutes(10));
        }
    }

    [Test]
    public async Task Of_forty_at_once_to_numbers_of_one_block_twenty_pass()
    {
        var block = NewBlock();

        var responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => TextAsync($"{block}{i:0000}")));

        Assert.That(
            responses.Count(response => response.StatusCode == HttpStatusCode.Created), Is.EqualTo(20));
        await ShouldBeLimitedAsync(
            responses.First(response => response.StatusCode != HttpStatusCode.Created), "prefix_limit",
            TimeSpan.FromHours(1));
    }

    [Test]
    public async Task Merchants_and_modes_count_together()
    {
        var number = NewBlock() + "0001";
        using var neighbour = await AddKeyAsync(isOfAnotherMerchant: true);
        using var live = await AddKeyAsync(mode: "live");

        foreach (var caller in new[] { Merchant, neighbour, live })
        {
            using var passed = await TextAsync(number, caller);
            Assert.That(passed.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        using var fourth = await TextAsync(number, neighbour);
        await ShouldBeLimitedAsync(fourth, "number_limit", TimeSpan.FromMinutes(10));
    }

    [Test]
    public async Task After_ten_minutes_three_more_pass_and_then_none_until_tomorrow()
    {
        var number = NewBlock() + "0001";
        for (var i = 0; i < 6; i++)
        {
            if (i == 3)
            {
                await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(10));
            }

            using var passed = await TextAsync(number);
            Assert.That(passed.StatusCode, Is.EqualTo(HttpStatusCode.Created), $"{i}");
        }

        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(10));
        using var seventh = await TextAsync(number);
        await ShouldBeLimitedAsync(seventh, "number_limit", TimeSpan.FromHours(24));
        Assert.That(seventh.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.FromHours(23)));

        await Paylinks.MoveClockAsync(seventh.Headers.RetryAfter.Delta!.Value);
        using var tomorrow = await TextAsync(number);
        Assert.That(tomorrow.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task What_was_taken_back_before_it_left_does_not_count_and_emails_never_do()
    {
        var number = NewBlock() + "0001";
        for (var i = 0; i < 5; i++)
        {
            using var passed = await TextAsync(number);
            Assert.That(passed.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            await Merchant.CancelAsync((await ReadAsync(passed)).Id);
        }

        for (var i = 0; i < 5; i++)
        {
            await Merchant.CreateLinkAsync("email");
        }
    }

    [Test]
    public async Task Sending_again_and_to_somebody_else_counts_too()
    {
        var block = NewBlock();
        for (var i = 0; i < 3; i++)
        {
            using var passed = await TextAsync(block + "0001");
        }

        using var other = await TextAsync(block + "0002");
        var link = await ReadAsync(other);
        var rows = await RowsAsync();

        using var sent = await Merchant.PostAsync(
            $"v1/links/{link.Id}/messages", new { channel = "sms", to = block + "0001" });
        using var kept = await Merchant.PostAsync(
            $"v1/links/{link.Id}/recipient", new { channel = "sms", to = block + "0001", keepLink = true });
        using var replaced = await Merchant.PostAsync(
            $"v1/links/{link.Id}/recipient", new { channel = "sms", to = block + "0001", keepLink = false });

        foreach (var refused in new[] { sent, kept, replaced })
        {
            await ShouldBeLimitedAsync(refused, "number_limit", TimeSpan.FromMinutes(10));
        }

        var now = await Merchant.GetLinkAsync(link.Id);
        Assert.That(await RowsAsync(), Is.EqualTo(rows), "rows");
        Assert.That((now.Status, now.Messages.Single().Status), Is.EqualTo(("open", "queued")));
    }

    [Test]
    public async Task A_day_whose_texts_are_used_up_takes_emails_only()
    {
        using var caller = await AddKeyAsync(isOfAnotherMerchant: true);
        await Paylinks.Database.ExecuteAsync(
            """
            insert into sms_day (merchant_id, day, segments)
            select id, (paylinks_now() at time zone time_zone)::date, sms_segments_per_day
            from merchant order by id desc limit 1
            """);

        using var text = await TextAsync(NewBlock() + "0001", caller);
        using var email = await caller.PostAsync("v1/links", Merchant.Order(send: "email"));

        await ShouldBeLimitedAsync(text, "daily_limit", TimeSpan.FromHours(24));
        Assert.That(email.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_repeated_request_is_answered_whatever_the_limits_say()
    {
        var number = NewBlock() + "0001";
        var order = Merchant.Order(send: "sms");
        order["customer"] = new { phone = number };
        using var first = await Merchant.PostAsync("v1/links", order, "limited");
        for (var i = 0; i < 2; i++)
        {
            using var more = await TextAsync(number);
        }

        using var again = await Merchant.PostAsync("v1/links", order, "limited");

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(again.Headers.GetValues("Idempotent-Replayed"), Is.EqualTo(new[] { "true" }));
    }

    private static async Task<Link> ReadAsync(HttpResponseMessage response) =>
        System.Text.Json.JsonSerializer.Deserialize<Link>(
            await response.Content.ReadAsStringAsync(), System.Text.Json.JsonSerializerOptions.Web)!;
}
