using PayLinks.Api.Console;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;

namespace PayLinks.Api.Desk;

/// <summary>Where the customer on the phone is, as far as the agent has something to say about it.</summary>
public enum DeskState
{
    /// <summary>Made, but sent to nobody.</summary>
    Ready,
    Queued,

    /// <summary>An email that may have left or not.</summary>
    Unsure,
    Sent,
    Delivered,

    /// <summary>It arrived a while ago, and nobody has opened the link.</summary>
    Unopened,
    NotDelivered,
    Opened,

    /// <summary>Card details are being typed.</summary>
    Typing,
    Paying,
    BankCheck,
    BankDecides,
    Refused,
    Paid,
    Expired,
    Canceled,
    Declined,
    Asked,
}

/// <summary>One thing that happened to a link, as far as the desk looks at it.</summary>
/// <param name="Actor">Who did it, as events record it.</param>
public sealed record DeskEvent(string Type, DateTimeOffset CreatedAt, string Actor);

public static class DeskStates
{
    /// <summary>After this long, whoever has a message on the phone and does not open it needs a word.</summary>
    public static readonly TimeSpan OpenedWithin = TimeSpan.FromSeconds(45);

    /// <param name="events">Oldest first.</param>
    /// <param name="now">By the database's clock.</param>
    public static DeskState Of(LinkView link, IReadOnlyList<DeskEvent> events, DateTimeOffset now)
    {
        // Sending again starts the conversation anew: what the customer did with the earlier message is no longer the
        // news.
        var invitation = link.Messages.LastOrDefault(LinkModel.IsInvitation);
        var extended = events.LastOrDefault(happened => happened.Type == EventTypes.LinkExtended);
        var news = events
            .Where(happened => invitation is null || happened.CreatedAt >= invitation.CreatedAt)
            // Who asked for a new link has been answered once this one was given more time.
            .Where(happened => happened.Type != EventTypes.LinkAsked || !(happened.CreatedAt <= extended?.CreatedAt))
            .LastOrDefault(happened => happened.Type
                is EventTypes.LinkOpened or EventTypes.LinkTyping or EventTypes.LinkDeclined or EventTypes.LinkAsked
                or EventTypes.PaymentFailed)
            ?.Type;
        return link.Status switch
        {
            LinkStatus.Paid => DeskState.Paid,
            LinkStatus.Canceled => DeskState.Canceled,
            LinkStatus.Expired => news == EventTypes.LinkAsked ? DeskState.Asked : DeskState.Expired,
            LinkStatus.Processing => OfPayment(link.Payments is [.., var last] ? last.Status : null),
            LinkStatus.Open => news switch
            {
                EventTypes.LinkOpened => DeskState.Opened,
                EventTypes.LinkTyping => DeskState.Typing,
                EventTypes.LinkDeclined => DeskState.Declined,
                EventTypes.LinkAsked => DeskState.Asked,
                EventTypes.PaymentFailed => DeskState.Refused,
                _ => OfMessage(invitation, events, now),
            },
        };
    }

    private static DeskState OfPayment(PaymentStatus? status) => status switch
    {
        PaymentStatus.Open => DeskState.BankCheck,
        PaymentStatus.Pending or PaymentStatus.Authorized => DeskState.BankDecides,
        _ => DeskState.Paying,
    };

    private static DeskState OfMessage(
        MessageView? invitation, IReadOnlyList<DeskEvent> events, DateTimeOffset now) => invitation?.Status switch
        {
            MessageStatus.Unknown when invitation.Channel == MessageChannel.Email => DeskState.Unsure,
            MessageStatus.Queued or MessageStatus.Sending or MessageStatus.Unknown => DeskState.Queued,
            MessageStatus.Accepted => DeskState.Sent,
            MessageStatus.Delivered => DeliveredAt(invitation, events) + OpenedWithin < now
                ? DeskState.Unopened
                : DeskState.Delivered,
            MessageStatus.Undelivered or MessageStatus.Failed => DeskState.NotDelivered,
            MessageStatus.Suppressed when invitation.Reason == DeliveryReason.OptedOut => DeskState.NotDelivered,
            MessageStatus.Suppressed or null => DeskState.Ready,
        };

    private static DateTimeOffset? DeliveredAt(MessageView invitation, IReadOnlyList<DeskEvent> events) => events
        .LastOrDefault(happened => happened.Type == EventTypes.LinkDelivered
            && happened.CreatedAt >= invitation.CreatedAt)
        ?.CreatedAt;
}
