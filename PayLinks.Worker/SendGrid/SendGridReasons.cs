using PayLinks.Core.Messages;

namespace PayLinks.Worker.SendGrid;

/// <summary>What SendGrid's events mean for us.</summary>
internal static class SendGridReasons
{
    /// <param name="code">As the callback stored it: an SMTP status, or one of SendGrid's words.</param>
    public static string Of(string outcome, string? code) => (outcome, code) switch
    {
        (_, "blocked") => DeliveryReason.MailboxRefused,
        (_, "unsubscribed" or "spam_report") => DeliveryReason.OptedOut,
        ("dropped", "bounced") => DeliveryReason.MailboxSuppressed,
        (_, "invalid") => DeliveryReason.MailboxUnknown,
        ("dropped", _) => DeliveryReason.MailboxSuppressed,
        (_, "5.2.2") => DeliveryReason.MailboxFull,
        (_, null) => DeliveryReason.MailboxUnknown,
        _ when code.StartsWith("5.1.", StringComparison.Ordinal) => DeliveryReason.MailboxUnknown,
        _ => DeliveryReason.MailboxRefused,
    };
}
