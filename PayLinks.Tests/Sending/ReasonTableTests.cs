using PayLinks.Api.Console;
using PayLinks.Core.Messages;
using PayLinks.Worker.Callbacks;
using PayLinks.Worker.SendGrid;
using PayLinks.Worker.Sending;
using PayLinks.Worker.Twilio;

namespace PayLinks.Tests.Sending;

/// <summary>Every word of the providers has a reason, a class that says what happens, and words for staff.</summary>
public sealed class ReasonTableTests
{
    // What Twilio refuses at once: never, or later.
    [TestCase(400, 21211, DeliveryReason.UnknownNumber, DeliveryClass.Mend, "never")]
    [TestCase(400, 21212, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(400, 21606, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(400, 21705, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(400, 21408, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(400, 21610, DeliveryReason.OptedOut, DeliveryClass.OptedOut, "never")]
    [TestCase(400, 21611, DeliveryReason.WaitedTooLong, DeliveryClass.Retry, "Busy")]
    [TestCase(400, 21612, DeliveryReason.RouteUnavailable, DeliveryClass.OtherChannel, "never")]
    [TestCase(400, 21614, DeliveryReason.NumberNotMobile, DeliveryClass.Mend, "never")]
    [TestCase(400, 21635, DeliveryReason.NumberNotMobile, DeliveryClass.Mend, "never")]
    [TestCase(400, 21602, DeliveryReason.Technical, DeliveryClass.Configuration, "never")]
    [TestCase(400, 21617, DeliveryReason.Technical, DeliveryClass.Configuration, "never")]
    [TestCase(401, 20003, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(404, 20404, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(429, 20429, DeliveryReason.ProviderUnavailable, DeliveryClass.Retry, "Busy")]
    [TestCase(429, null, DeliveryReason.ProviderUnavailable, DeliveryClass.Retry, "Busy")]
    // Codes of next year, by the class of the status.
    [TestCase(400, 29999, DeliveryReason.ProviderRefused, DeliveryClass.Mend, "never")]
    [TestCase(400, null, DeliveryReason.ProviderRefused, DeliveryClass.Mend, "never")]
    [TestCase(401, null, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(403, 29999, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(409, null, DeliveryReason.ProviderRefused, DeliveryClass.Mend, "never")]
    public void Twilio_refuses(int status, int? code, string reason, DeliveryClass expected, string then) =>
        ShouldBe(TwilioReasons.OfRefusal(status, code), reason, expected, then);

    // What Twilio tells afterwards.
    [TestCase("30001", DeliveryReason.WaitedTooLong, DeliveryClass.Retry)]
    [TestCase("30002", DeliveryReason.ProviderSetup, DeliveryClass.Configuration)]
    [TestCase("30003", DeliveryReason.HandsetOff, DeliveryClass.OtherChannel)]
    [TestCase("30004", DeliveryReason.Blocked, DeliveryClass.Blocked)]
    [TestCase("30005", DeliveryReason.UnknownNumber, DeliveryClass.Mend)]
    [TestCase("30006", DeliveryReason.NumberNotMobile, DeliveryClass.Mend)]
    [TestCase("30007", DeliveryReason.CarrierFiltered, DeliveryClass.Blocked)]
    [TestCase("30008", DeliveryReason.CarrierError, DeliveryClass.Retry)]
    [TestCase("30017", DeliveryReason.CarrierError, DeliveryClass.Retry)]
    [TestCase("30034", DeliveryReason.ProviderSetup, DeliveryClass.Configuration)]
    [TestCase("30036", DeliveryReason.WaitedTooLong, DeliveryClass.Retry)]
    [TestCase("30450", DeliveryReason.ProviderSetup, DeliveryClass.Configuration)]
    [TestCase("21610", DeliveryReason.OptedOut, DeliveryClass.OptedOut)]
    [TestCase("39999", DeliveryReason.CarrierRefused, DeliveryClass.OtherChannel)]
    [TestCase("63038", DeliveryReason.ProviderRefused, DeliveryClass.Mend)]
    [TestCase(null, DeliveryReason.CarrierError, DeliveryClass.Retry)]
    public void Twilio_does_not_deliver(string? code, string reason, DeliveryClass expected)
    {
        foreach (var (word, status) in new[]
        {
            ("undelivered", MessageStatus.Undelivered), ("failed", MessageStatus.Failed),
        })
        {
            Assert.That(ReadOutcome.Of("twilio", word, code), Is.EqualTo(new MessageNews(status, reason)));
        }

        Assert.That(DeliveryReasons.ClassOf(reason), Is.EqualTo(expected));
    }

    [TestCase("accepted", MessageStatus.Accepted)]
    [TestCase("scheduled", MessageStatus.Accepted)]
    [TestCase("queued", MessageStatus.Accepted)]
    [TestCase("sending", MessageStatus.Accepted)]
    [TestCase("sent", MessageStatus.Accepted)]
    [TestCase("delivered", MessageStatus.Delivered)]
    [TestCase("read", MessageStatus.Delivered)]
    [TestCase("canceled", MessageStatus.Failed)]
    [TestCase("received", null)]
    [TestCase("a word of next year", null)]
    public void Twilios_other_words_mean(string word, MessageStatus? expected) =>
        Assert.That(ReadOutcome.Of("twilio", word, null)?.To, Is.EqualTo(expected));

    // What SendGrid refuses at once.
    [TestCase(400, "personalizations.0.to.0.email", DeliveryReason.MailboxUnknown, DeliveryClass.Mend, "never")]
    [TestCase(400, "from.email", DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(400, "reply_to.email", DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(400, "content.0.value", DeliveryReason.Technical, DeliveryClass.Configuration, "never")]
    [TestCase(400, null, DeliveryReason.ProviderRefused, DeliveryClass.Mend, "never")]
    [TestCase(401, null, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(403, "from", DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(404, null, DeliveryReason.ProviderSetup, DeliveryClass.Configuration, "Setup")]
    [TestCase(405, null, DeliveryReason.Technical, DeliveryClass.Configuration, "never")]
    [TestCase(413, null, DeliveryReason.Technical, DeliveryClass.Configuration, "never")]
    [TestCase(415, null, DeliveryReason.Technical, DeliveryClass.Configuration, "never")]
    [TestCase(429, null, DeliveryReason.ProviderUnavailable, DeliveryClass.Retry, "Busy")]
    [TestCase(418, null, DeliveryReason.ProviderRefused, DeliveryClass.Mend, "never")]
    public void SendGrid_refuses(int status, string? field, string reason, DeliveryClass expected, string then) =>
        ShouldBe(SendGridReasons.OfRefusal(status, field), reason, expected, then);

    [TestCase(408, "Silence")]
    [TestCase(500, "Error")]
    [TestCase(503, "Error")]
    [TestCase(504, "Silence")]
    [TestCase(302, "Error")]
    public void SendGrid_may_or_may_not_have_it(int status, string loss) => Assert.That(
        SendGridReasons.OfRefusal(status, null), Is.EqualTo(new SendOutcome.Lost(Enum.Parse<Loss>(loss))));

    // What SendGrid tells afterwards, with the code that the callback kept.
    [TestCase("bounce", "5.1.1", DeliveryReason.MailboxUnknown, DeliveryClass.Mend)]
    [TestCase("bounce", "5.2.1", DeliveryReason.MailboxUnknown, DeliveryClass.Mend)]
    [TestCase("bounce", "5.4.4", DeliveryReason.MailboxUnknown, DeliveryClass.Mend)]
    [TestCase("bounce", null, DeliveryReason.MailboxUnknown, DeliveryClass.Mend)]
    [TestCase("bounce", "5.2.2", DeliveryReason.MailboxFull, DeliveryClass.OtherChannel)]
    [TestCase("bounce", "4.2.2", DeliveryReason.MailboxFull, DeliveryClass.OtherChannel)]
    [TestCase("bounce", "4.4.1", DeliveryReason.MailboxUnreachable, DeliveryClass.Retry)]
    [TestCase("bounce", "5.7.1", DeliveryReason.MailboxRefused, DeliveryClass.Blocked)]
    [TestCase("bounce", "blocked", DeliveryReason.MailboxRefused, DeliveryClass.Blocked)]
    [TestCase("bounce", "9.9.9", DeliveryReason.MailboxRefused, DeliveryClass.Blocked)]
    [TestCase("dropped", "bounced", DeliveryReason.MailboxSuppressed, DeliveryClass.Mend)]
    [TestCase("dropped", "unsubscribed", DeliveryReason.OptedOut, DeliveryClass.OptedOut)]
    [TestCase("dropped", "spam_report", DeliveryReason.OptedOut, DeliveryClass.OptedOut)]
    [TestCase("dropped", "invalid", DeliveryReason.MailboxUnknown, DeliveryClass.Mend)]
    [TestCase("dropped", "spam_content", DeliveryReason.MailboxRefused, DeliveryClass.Blocked)]
    [TestCase("dropped", "over_quota", DeliveryReason.ProviderSetup, DeliveryClass.Configuration)]
    [TestCase("dropped", "bad_header", DeliveryReason.Technical, DeliveryClass.Configuration)]
    [TestCase("dropped", null, DeliveryReason.MailboxSuppressed, DeliveryClass.Mend)]
    public void SendGrid_does_not_deliver(string word, string? code, string reason, DeliveryClass expected)
    {
        var status = word == "bounce" ? MessageStatus.Undelivered : MessageStatus.Failed;
        Assert.That(ReadOutcome.Of("sendgrid", word, code), Is.EqualTo(new MessageNews(status, reason)));
        Assert.That(DeliveryReasons.ClassOf(reason), Is.EqualTo(expected));
    }

    [TestCase("processed", MessageStatus.Accepted)]
    [TestCase("deferred", MessageStatus.Accepted)]
    [TestCase("delivered", MessageStatus.Delivered)]
    [TestCase("open", null)]
    [TestCase("a word of next year", null)]
    public void SendGrids_other_words_mean(string word, MessageStatus? expected) =>
        Assert.That(ReadOutcome.Of("sendgrid", word, null)?.To, Is.EqualTo(expected));

    [Test]
    public void The_agent_reads_for_every_reason_why_and_what_to_press()
    {
        foreach (var words in ConsoleWords.All)
        {
            foreach (var reason in DeliveryReason.All)
            {
                var step = words.Desk.Say.StepOf(DeliveryReasons.ClassOf(reason));
                Assert.That(words.Reasons.Of(reason), Does.EndWith("."), reason);
                Assert.That(step, Does.Contain("Alt+E"), reason);
                Assert.That(
                    step.Contains("Alt+C", StringComparison.Ordinal),
                    Is.EqualTo(DeliveryReasons.ClassOf(reason) == DeliveryClass.Mend), reason);
            }
        }
    }

    [Test]
    public void What_still_waits_is_not_sent_again_by_hand_and_what_is_unknown_is_explained()
    {
        var words = ReasonWords.English;
        string? About(MessageChannel channel, MessageStatus status, string? reason) => words.About(new(
            Guid.Empty, channel, MessagePurpose.Link, "", status, reason, DateTimeOffset.UnixEpoch));

        Assert.Multiple(() =>
        {
            Assert.That(About(MessageChannel.Sms, MessageStatus.Queued, null), Is.Null);
            Assert.That(
                About(MessageChannel.Sms, MessageStatus.Queued, DeliveryReason.ProviderUnavailable),
                Is.EqualTo(words.Waits));
            Assert.That(
                About(MessageChannel.Sms, MessageStatus.Queued, DeliveryReason.ProviderSetup),
                Is.EqualTo(words.WaitsForSetup));
            Assert.That(
                About(MessageChannel.Sms, MessageStatus.Failed, DeliveryReason.ProviderUnavailable),
                Is.EqualTo(words.ProviderUnavailable));
            Assert.That(About(MessageChannel.Sms, MessageStatus.Unknown, null), Is.EqualTo(words.UnknownSms));
            Assert.That(About(MessageChannel.Email, MessageStatus.Unknown, null), Is.EqualTo(words.UnknownEmail));
        });
    }

    private static void ShouldBe(SendOutcome outcome, string reason, DeliveryClass expected, string then)
    {
        Assert.That(outcome, Is.EqualTo<SendOutcome>(then == "never"
            ? new SendOutcome.Refused(reason)
            : new SendOutcome.NotNow(Enum.Parse<Obstacle>(then), reason)));
        Assert.That(DeliveryReasons.ClassOf(reason), Is.EqualTo(expected));
    }
}
