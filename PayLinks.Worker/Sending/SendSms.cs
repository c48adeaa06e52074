using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;
using PayLinks.Core.Texts;
using PayLinks.Worker.Twilio;

namespace PayLinks.Worker.Sending;

/// <summary>Makes the text message of a message and hands it to the provider.</summary>
internal sealed class SendSms(ISmsProvider provider, OpenSecrets secrets, PayLinksOptions options)
{
    public Task<Send> PrepareAsync(OutgoingMessage message)
    {
        var sms = new Sms(
            message.SmsSender,
            message.Recipient,
            SmsText.Write(message.Facts(secrets.LinkUrl(message)), message.OwnBody).Text,
            $"{options.PublicUrl.TrimEnd('/')}/callbacks/twilio/status/{secrets.CallbackKey(message)}",
            message.Invites ? message.Remaining : null);
        return Task.FromResult<Send>(cancellationToken => provider.SendAsync(sms, cancellationToken));
    }
}

/// <summary>Opens what a message must carry and the database keeps sealed.</summary>
internal sealed class OpenSecrets(Vault vault, PayLinksOptions options)
{
    public string LinkUrl(OutgoingMessage message) =>
        options.LinkUrl(vault.OpenText(message.TokenCipher, LinkToken.Purpose(message.LinkId)));

    public string CallbackKey(OutgoingMessage message) =>
        vault.OpenText(message.CallbackKeyCipher, QueueMessage.CallbackKeyPurpose(message.Id));
}
