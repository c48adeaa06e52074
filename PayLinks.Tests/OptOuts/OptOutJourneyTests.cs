using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.OptOuts;

/// <summary>The whole system: a customer answers STOP, is left alone, and comes back.</summary>
public sealed class OptOutJourneyTests
{
    private const string Sender = "+393399957001";

    [Test]
    public async Task A_STOP_ends_the_texts_the_email_still_goes_and_a_START_begins_them_again()
    {
        await using var paylinks = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);
        await paylinks.Database.ExecuteAsync("update merchant set sms_sender = @Sender", new { Sender });
        var merchant = paylinks.Merchant;
        var link = await merchant.CreateLinkAsync("sms");
        await Eventually.SeesAsync(
            () => merchant.GetLinkAsync(link.Id), seen => seen.Messages[0].Status == "delivered", "the text arrives");

        await paylinks.Sandbox.ReplyAsync(Merchant.Phone, Sender, "Stop.");
        var refused = await Eventually.SeesAsync(
            () => SendAsync("sms"), answer => answer.Status != HttpStatusCode.Created, "the STOP is heard");
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Body, Does.Contain("\"opted_out\"").And.Contain("offer the other channel"));

        Assert.That((await SendAsync("email")).Status, Is.EqualTo(HttpStatusCode.Created));
        await Eventually.SeesAsync(
            () => merchant.GetLinkAsync(link.Id),
            seen => seen.Messages.Any(message => message is { Channel: "email", Status: "delivered" }),
            "the email arrives");

        await paylinks.Sandbox.ReplyAsync(Merchant.Phone, Sender, "START");
        await Eventually.SeesAsync(
            () => SendAsync("sms"), answer => answer.Status == HttpStatusCode.Created, "the START is heard");
        await Eventually.SeesAsync(
            () => merchant.GetLinkAsync(link.Id), seen => seen.Messages[^1].Status == "delivered", "a text arrives");

        async Task<(HttpStatusCode Status, string Body)> SendAsync(string channel)
        {
            using var response = await merchant.PostAsync($"v1/links/{link.Id}/messages", new { channel });
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Test]
    public async Task A_STOP_that_only_Twilio_has_heard_is_learnt_from_its_refusal()
    {
        await using var paylinks = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);
        await paylinks.Database.ExecuteAsync("update merchant set sms_sender = @Sender", new { Sender });
        await paylinks.Sandbox.CallbacksAsync("twilio", "drop");
        await paylinks.Sandbox.ReplyAsync(Merchant.Phone, Sender, "STOP");

        var link = await paylinks.Merchant.CreateLinkAsync("sms");
        var failed = await Eventually.SeesAsync(
            () => paylinks.Merchant.GetLinkAsync(link.Id), seen => seen.Messages[0].Status == "failed", "it fails");

        Assert.That(failed.Messages[0].Reason, Is.EqualTo("opted_out"));
        using var again = await paylinks.Merchant.PostAsync($"v1/links/{link.Id}/messages", new { channel = "sms" });
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }
}
