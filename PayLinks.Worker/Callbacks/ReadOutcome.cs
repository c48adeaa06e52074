using System.Globalization;
using PayLinks.Core.Messages;
using PayLinks.Worker.SendGrid;
using PayLinks.Worker.Twilio;

namespace PayLinks.Worker.Callbacks;

/// <summary>What a provider's word says about a message.</summary>
/// <param name="To">Accepted means no more than that the provider has it.</param>
/// <param name="Reason">One of <see cref="DeliveryReason"/> where it went wrong.</param>
internal sealed record MessageNews(MessageStatus To, string? Reason = null)
{
    /// <summary>News of a higher rank are the later ones, in whatever order they come in.</summary>
    public int Rank => To == MessageStatus.Accepted ? 0 : 1;
}

internal static class ReadOutcome
{
    /// <returns>Null for words that say nothing about arriving, among them those we do not know yet.</returns>
    public static MessageNews? Of(string provider, string? outcome, string? code) => (provider, outcome) switch
    {
        ("twilio", "accepted" or "scheduled" or "queued" or "sending" or "sent") => new(MessageStatus.Accepted),
        ("twilio", "delivered" or "read") => new(MessageStatus.Delivered),
        ("twilio", "undelivered") => new(MessageStatus.Undelivered, ReasonOf(code)),
        ("twilio", "failed") => new(MessageStatus.Failed, ReasonOf(code)),
        // By somebody at Twilio's console.
        ("twilio", "canceled") => new(MessageStatus.Failed, DeliveryReason.ProviderRefused),
        ("sendgrid", "processed" or "deferred") => new(MessageStatus.Accepted),
        ("sendgrid", "delivered") => new(MessageStatus.Delivered),
        ("sendgrid", "bounce") => new(MessageStatus.Undelivered, SendGridReasons.Of("bounce", code)),
        ("sendgrid", "dropped") => new(MessageStatus.Failed, SendGridReasons.Of("dropped", code)),
        _ => null,
    };

    private static string ReasonOf(string? code) => TwilioReasons.Of(
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : TwilioReasons.UnknownError);
}
