using PayLinks.Core;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>What is planned when a link is made, sent or extended, for the case that nothing comes of it.</summary>
public sealed class FollowingUpTests : ApiFixture
{
    [TestCase("sms", true, true, true)]
    [TestCase("email", true, true, true)]
    [TestCase("sms", true, false, false)]
    [TestCase("email", false, true, false)]
    public async Task A_message_falls_back_to_the_other_address_if_there_is_one(
        string channel, bool hasPhone, bool hasEmail, bool fallsBack)
    {
        var link = await CreateAsync([channel], hasPhone ? "+39 347 123 4567" : null, hasEmail);

        Assert.That(await FallbacksAsync(link), Is.EqualTo(new[] { fallsBack ? 15 * 60 : (int?)null }));
    }

    [Test]
    public async Task A_landline_gets_no_text_instead_of_an_email()
    {
        var link = await CreateAsync(["email"], "+39 06 1234 5678");

        Assert.That(await FallbacksAsync(link), Is.EqualTo(new int?[] { null }));
    }

    [Test]
    public async Task What_goes_out_on_both_channels_does_not_fall_back()
    {
        var link = await CreateAsync(["sms", "email"]);

        Assert.That(await FallbacksAsync(link), Is.EqualTo(new int?[] { null, null }));
    }

    [Test]
    public async Task A_message_that_is_sent_later_falls_back_too()
    {
        var link = await CreateAsync([]);
        using var answer = await Merchant.PostAsync($"v1/links/{link}/messages", new { channel = "sms" });

        Assert.That(await FallbacksAsync(link), Is.EqualTo(new int?[] { 15 * 60 }));
    }

    [Test]
    public async Task A_link_is_reminded_of_a_day_before_its_expiry_and_anew_when_it_is_extended()
    {
        var link = await CreateAsync(["sms"]);
        Assert.That(await RemindedBeforeAsync(link), Is.InRange(TimeSpan.FromHours(13), TimeSpan.FromHours(35)));

        using var answer = await Merchant.PostAsync($"v1/links/{link}/extend", new { expiresIn = "P20D" });
        Assert.That(await RemindedBeforeAsync(link), Is.InRange(TimeSpan.FromHours(13), TimeSpan.FromHours(35)));

        await Merchant.CancelAsync(link);
        Assert.That(await RemindedBeforeAsync(link), Is.Null);
    }

    [TestCase("PT2H")]
    [TestCase("PT5M")]
    public async Task A_short_link_is_not_reminded_of(string expiresIn)
    {
        var order = Merchant.Order(send: "sms");
        order["expiresIn"] = expiresIn;

        Assert.That(await RemindedBeforeAsync((await Merchant.CreateLinkAsync(order)).Id), Is.Null);
    }

    private async Task<string> CreateAsync(string[] send, string? phone = "+39 347 123 4567", bool hasEmail = true)
    {
        var order = Merchant.Order(send: send);
        order["customer"] = new { phone, email = hasEmail ? "anna@example.test" : null };
        return (await Merchant.CreateLinkAsync(order)).Id;
    }

    private Task<IReadOnlyList<int?>> FallbacksAsync(string link) => Paylinks.Database.QueryAsync<int?>(
        "select extract(epoch from fallback_at - created_at)::int from message where link_id = @Id",
        new { Id = IdOf(link) });

    private Task<TimeSpan?> RemindedBeforeAsync(string link) => Paylinks.Database.ReadAsync<TimeSpan?>(
        "select expires_at - remind_at from link where id = @Id", new { Id = IdOf(link) });

    private static Guid IdOf(string link) =>
        PublicId.TryParse(PublicId.Link, link, out var id) ? id : throw new FormatException(link);
}
