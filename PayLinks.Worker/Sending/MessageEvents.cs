using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Messages;

namespace PayLinks.Worker.Sending;

/// <summary>What is told of a message that invites to a link.</summary>
internal static class MessageEvents
{
    /// <summary>The provider has taken it.</summary>
    public static NewEvent Sent(Guid linkId, Guid messageId, MessageChannel channel, MessageStatus from) =>
        new(linkId, EventTypes.LinkSent, Actor(channel))
        {
            Message = (messageId, from, MessageStatus.Accepted),
            Data = Data(channel),
        };

    public static NewEvent Delivered(Guid linkId, Guid messageId, MessageChannel channel) =>
        new(linkId, EventTypes.LinkDelivered, Actor(channel))
        {
            Message = (messageId, MessageStatus.Accepted, MessageStatus.Delivered),
            Data = Data(channel),
        };

    /// <param name="reason">One of <see cref="DeliveryReason"/>.</param>
    public static NewEvent Undelivered(
        Guid linkId, Guid messageId, MessageChannel channel, (MessageStatus From, MessageStatus To) move,
        string reason) =>
        new(linkId, EventTypes.LinkUndelivered, Actor(channel))
        {
            Message = (messageId, move.From, move.To),
            Data = new Dictionary<string, string>(Data(channel), StringComparer.Ordinal) { ["reason"] = reason },
        };

    /// <summary>The provider whose word it is.</summary>
    public static string Actor(MessageChannel channel) => Providers.Of(channel).ToText();

    private static Dictionary<string, string> Data(MessageChannel channel) =>
        new(StringComparer.Ordinal) { ["channel"] = channel.ToText() };
}
