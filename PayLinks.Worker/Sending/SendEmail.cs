using PayLinks.Core.Texts;
using PayLinks.Worker.Emails;
using PayLinks.Worker.SendGrid;

namespace PayLinks.Worker.Sending;

/// <summary>Makes the email of a message and hands it to the provider.</summary>
internal sealed class SendEmail(IEmailProvider provider, WriteEmail write, OpenSecrets secrets)
{
    public async Task<Send> PrepareAsync(OutgoingMessage message)
    {
        var linkUrl = secrets.LinkUrl(message);
        var written = await write.WriteAsync(message, linkUrl);
        var email = new Email(
            message.EmailFrom, EmailText.OneLine(message.EmailFromName ?? message.MerchantName),
            message.EmailReplyTo ?? message.MerchantEmail, message.Recipient, EmailText.OneLine(written.Subject),
            written.Text, written.Html, secrets.CallbackKey(message))
        {
            UnsubscribeUrl = EmailContent.StopUrlOf(message, linkUrl),
        };
        return cancellationToken => provider.SendAsync(email, cancellationToken);
    }
}
