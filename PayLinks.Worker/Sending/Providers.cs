using PayLinks.Core.Messages;
using PayLinks.Core.Providers;

namespace PayLinks.Worker.Sending;

internal static class Providers
{
    /// <summary>Who sends what goes out on this channel.</summary>
    public static Provider Of(MessageChannel channel) => channel switch
    {
        MessageChannel.Sms => Provider.Twilio,
        MessageChannel.Email => Provider.SendGrid,
    };
}
