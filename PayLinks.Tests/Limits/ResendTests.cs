using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Limits;

/// <summary>A link is not sent again at once, nor forever.</summary>
public sealed class ResendTests : LimitFixture
{
    [Test]
    public async Task The_same_address_gets_a_link_again_after_a_minute()
    {
        var link = await Merchant.CreateLinkAsync("email");

        using var atOnce = await EmailAsync(link);
        using var elsewhere = await EmailAsync(link, "anna@example.com");
        using var otherChannel = await Merchant.PostAsync(
            $"v1/links/{link.Id}/messages", new { channel = "sms", to = NewBlock() + "0001" });
        await Paylinks.MoveClockAsync(TimeSpan.FromSeconds(61));
        using var later = await EmailAsync(link, "anna@example.com");

        await ShouldBeLimitedAsync(atOnce, "resend_too_soon", TimeSpan.FromMinutes(1));
        Assert.That(
            new[] { elsewhere, otherChannel, later }.Select(response => response.StatusCode),
            Is.All.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_link_is_sent_again_five_times()
    {
        var link = await Merchant.CreateLinkAsync("email");
        for (var i = 0; i < 5; i++)
        {
            using var again = await EmailAsync(link, $"anna{i}@example.test");
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created), $"{i}");
        }

        using var sixth = await EmailAsync(link, "anna@example.com");
        using var firstOnItsChannel = await Merchant.PostAsync(
            $"v1/links/{link.Id}/messages", new { channel = "sms", to = NewBlock() + "0001" });

        await ShouldBeLimitedAsync(sixth, "resend_limit", TimeSpan.FromDays(3));
        Assert.That(firstOnItsChannel.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task Of_ten_presses_at_once_one_sends()
    {
        var link = await Merchant.CreateLinkAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => EmailAsync(link)));

        Assert.That(responses.Count(response => response.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That((await Merchant.GetLinkAsync(link.Id)).Messages, Has.Count.EqualTo(1));
    }

    private Task<HttpResponseMessage> EmailAsync(Link link, string? to = null) =>
        Merchant.PostAsync($"v1/links/{link.Id}/messages", new { channel = "email", to });
}
