using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.SendGrid;

/// <summary>What SendGrid's events and refusals mean for us.</summary>
internal static class SendGridReasons
{
    /// <param name="outcome">An event: <c>bounce</c> or <c>dropped</c>.</param>
    /// <param name="code">As the callback stored it: an SMTP status, or one of our words for SendGrid's.</param>
    public static string Of(string outcome, string? code) => (outcome, code) switch
    {
        (_, "blocked" or "spam_content") => DeliveryReason.MailboxRefused,
        (_, "unsubscribed" or "spam_report") => DeliveryReason.OptedOut,
        ("dropped", "bounced") => DeliveryReason.MailboxSuppressed,
        (_, "invalid") => DeliveryReason.MailboxUnknown,
        (_, "bad_header") => DeliveryReason.Technical,
        (_, "over_quota") => DeliveryReason.ProviderSetup,
        ("dropped", _) => DeliveryReason.MailboxSuppressed,
        (_, "4.2.2" or "5.2.2") => DeliveryReason.MailboxFull,
        // No such mailbox, one that was closed, no such domain.
        (_, null or "5.2.1" or "5.4.1" or "5.4.4") => DeliveryReason.MailboxUnknown,
        _ when code.StartsWith("5.1.", StringComparison.Ordinal) => DeliveryReason.MailboxUnknown,
        _ when code.StartsWith("4.", StringComparison.Ordinal) => DeliveryReason.MailboxUnreachable,
        _ => DeliveryReason.MailboxRefused,
    };

    /// <summary>What an answer that is no yes means for the email.</summary>
    /// <param name="field">The field of the request that SendGrid complains about.</param>
    public static SendOutcome OfRefusal(int httpStatus, string? field) => httpStatus switch
    {
        429 => new SendOutcome.NotNow(Obstacle.Busy, DeliveryReason.ProviderUnavailable),
        401 or 402 or 403 or 404 => new SendOutcome.NotNow(Obstacle.Setup, DeliveryReason.ProviderSetup),
        // A gateway that gave up waiting says nothing about who is still working behind it.
        408 or 504 => new SendOutcome.Lost(Loss.Silence),
        400 when field is null => new SendOutcome.Refused(DeliveryReason.ProviderRefused),
        400 when field.StartsWith("personalizations", StringComparison.Ordinal)
            && field.Contains(".to", StringComparison.Ordinal) =>
            new SendOutcome.Refused(DeliveryReason.MailboxUnknown),
        400 when field.StartsWith("from", StringComparison.Ordinal)
            || field.StartsWith("reply_to", StringComparison.Ordinal) =>
            new SendOutcome.NotNow(Obstacle.Setup, DeliveryReason.ProviderSetup),
        400 or 405 or 411 or 413 or 415 => new SendOutcome.Refused(DeliveryReason.Technical),
        >= 400 and < 500 => new SendOutcome.Refused(DeliveryReason.ProviderRefused),
        _ => new SendOutcome.Lost(Loss.Error),
    };
}
