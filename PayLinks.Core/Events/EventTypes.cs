namespace PayLinks.Core.Events;

/// <summary>The names of events, promises to rows already written and to merchants: add, never rename.</summary>
public static class EventTypes
{
    public const string LinkCreated = "link.created";
    public const string LinkSent = "link.sent";
    public const string LinkDelivered = "link.delivered";
    public const string LinkUndelivered = "link.undelivered";
    public const string LinkOpened = "link.opened";

    /// <summary>Card details are being typed on the customer's page; not which.</summary>
    public const string LinkTyping = "link.typing";
    public const string LinkAsked = "link.asked";
    public const string LinkDeclined = "link.declined";
    public const string LinkExtended = "link.extended";
    public const string LinkExpired = "link.expired";
    public const string LinkCanceled = "link.canceled";
    public const string LinkRecipientChanged = "link.recipient_changed";

    /// <summary>The link did not arrive in time and goes out on the other channel.</summary>
    public const string LinkFellBack = "link.fell_back";

    /// <summary>The customer is being reminded.</summary>
    public const string LinkReminded = "link.reminded";

    /// <summary>The link is on the desk of somebody else now.</summary>
    public const string LinkTakenOver = "link.taken_over";

    /// <summary>The call about the link is over.</summary>
    public const string LinkCallEnded = "link.call_ended";

    /// <summary>Somebody asked for the customer's number after the call.</summary>
    public const string LinkNumberRevealed = "link.number_revealed";
    public const string LinkPaid = "link.paid";
    public const string PaymentStarted = "payment.started";
    public const string PaymentAuthenticating = "payment.authenticating";
    public const string PaymentFailed = "payment.failed";
    public const string PaymentSurplus = "payment.surplus";
    public const string PaymentQuarantined = "payment.quarantined";

    /// <summary>
    /// A payment went on without that being news for the customer: its answer was lost, was found, or is pending.
    /// </summary>
    public const string PaymentUpdated = "payment.updated";
    public const string RefundRequested = "refund.requested";
    public const string RefundRefunded = "refund.refunded";
    public const string RefundFailed = "refund.failed";
    public const string RefundCanceled = "refund.canceled";

    /// <summary>A refund went on at Mollie without having reached the customer yet.</summary>
    public const string RefundUpdated = "refund.updated";
    public const string DisputeReceived = "dispute.received";
    public const string DisputeReversed = "dispute.reversed";

    /// <summary>All of them, as a merchant may choose from.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        LinkCreated, LinkSent, LinkDelivered, LinkUndelivered, LinkOpened, LinkTyping, LinkAsked, LinkDeclined,
        LinkExtended, LinkExpired, LinkCanceled, LinkRecipientChanged, LinkFellBack, LinkReminded, LinkTakenOver,
        LinkCallEnded, LinkNumberRevealed, LinkPaid, PaymentStarted, PaymentAuthenticating, PaymentFailed,
        PaymentSurplus, PaymentQuarantined, PaymentUpdated, RefundRequested, RefundRefunded, RefundFailed,
        RefundCanceled, RefundUpdated, DisputeReceived, DisputeReversed,
    ];
}
