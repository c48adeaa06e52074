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
    NotDelivered,
    Opened,
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
public sealed record DeskEvent(string Type, DateTimeOffset CreatedAt);

public static class DeskStates
{
    /// <param name="events">Oldest first.</param>
    public static DeskState Of(LinkView link, IReadOnlyList<DeskEvent> events)
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
                is EventTypes.LinkOpened or EventTypes.LinkDeclined or EventTypes.LinkAsked or EventTypes.PaymentFailed)
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
                EventTypes.LinkDeclined => DeskState.Declined,
                EventTypes.LinkAsked => DeskState.Asked,
                EventTypes.PaymentFailed => DeskState.Refused,
                _ => OfMessage(invitation),
            },
        };
    }

    private static DeskState OfPayment(PaymentStatus? status) => status switch
    {
        PaymentStatus.Open => DeskState.BankCheck,
        PaymentStatus.Pending or PaymentStatus.Authorized => DeskState.BankDecides,
        _ => DeskState.Paying,
    };

    private static DeskState OfMessage(MessageView? invitation) => invitation?.Status switch
    {
        MessageStatus.Unknown when invitation.Channel == MessageChannel.Email => DeskState.Unsure,
        MessageStatus.Queued or MessageStatus.Sending or MessageStatus.Unknown => DeskState.Queued,
        MessageStatus.Accepted => DeskState.Sent,
        MessageStatus.Delivered => DeskState.Delivered,
        MessageStatus.Undelivered or MessageStatus.Failed => DeskState.NotDelivered,
        MessageStatus.Suppressed when invitation.Reason == DeliveryReason.OptedOut => DeskState.NotDelivered,
        MessageStatus.Suppressed or null => DeskState.Ready,
    };
}
