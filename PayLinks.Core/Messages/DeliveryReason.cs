namespace PayLinks.Core.Messages;

/// <summary>
/// Why a message did not arrive, as stored in <c>message.reason</c> and told to merchants. Promises to rows already
/// written: add, never rename. Providers add codes without notice, so each table that leads here has a default.
/// </summary>
public static class DeliveryReason
{
    /// <summary>The number does not exist.</summary>
    public const string UnknownNumber = "unknown_number";

    /// <summary>A landline, or a number that cannot receive texts.</summary>
    public const string NumberNotMobile = "number_not_mobile";

    /// <summary>The phone is off or out of reach.</summary>
    public const string HandsetOff = "handset_off";

    /// <summary>The recipient asked not to be written to.</summary>
    public const string OptedOut = "opted_out";

    /// <summary>The recipient or the recipient's carrier blocks us.</summary>
    public const string Blocked = "blocked";

    /// <summary>The carrier took the text for spam.</summary>
    public const string CarrierFiltered = "carrier_filtered";

    /// <summary>The carrier gave no reason.</summary>
    public const string CarrierError = "carrier_error";

    /// <summary>The carrier did not deliver it, for a reason that trying again would not change.</summary>
    public const string CarrierRefused = "carrier_refused";

    /// <summary>Nobody can send to this number from our sender.</summary>
    public const string RouteUnavailable = "route_unavailable";

    /// <summary>The message waited longer than it was worth.</summary>
    public const string WaitedTooLong = "waited_too_long";

    /// <summary>The address does not exist.</summary>
    public const string MailboxUnknown = "mailbox_unknown";

    /// <summary>The mailbox is full.</summary>
    public const string MailboxFull = "mailbox_full";

    /// <summary>The recipient's mail server refused the email.</summary>
    public const string MailboxRefused = "mailbox_refused";

    /// <summary>The recipient's mail server did not answer, or asked us to come back later for too long.</summary>
    public const string MailboxUnreachable = "mailbox_unreachable";

    /// <summary>The provider knows from earlier that this address does not work, and did not try.</summary>
    public const string MailboxSuppressed = "mailbox_suppressed";

    /// <summary>The provider refused the message for a reason we have no word for.</summary>
    public const string ProviderRefused = "provider_refused";

    /// <summary>Our account at the provider is not set up for this: sender, region or registration.</summary>
    public const string ProviderSetup = "provider_setup";

    /// <summary>The provider could not be reached for so long that we gave up.</summary>
    public const string ProviderUnavailable = "provider_unavailable";

    /// <summary>We failed to write the message.</summary>
    public const string Technical = "technical";

    /// <summary>Not sent, because the link had been paid.</summary>
    public const string Paid = "paid";

    /// <summary>Not sent, because the link had been canceled.</summary>
    public const string Canceled = "canceled";

    /// <summary>Not sent, because the link had expired.</summary>
    public const string Expired = "expired";

    /// <summary>Not sent, because it had waited so long that the link went out on the other channel.</summary>
    public const string FellBack = "fell_back";

    /// <summary>Not sent, because the link went to another address instead.</summary>
    public const string Replaced = "replaced";

    /// <summary>All of them; a test holds that each has words for staff.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UnknownNumber, NumberNotMobile, HandsetOff, OptedOut, Blocked, CarrierFiltered, CarrierError, CarrierRefused,
        RouteUnavailable, WaitedTooLong, MailboxUnknown, MailboxFull, MailboxRefused, MailboxUnreachable,
        MailboxSuppressed, ProviderRefused, ProviderSetup, ProviderUnavailable, Technical, Paid, Canceled, Expired,
        FellBack, Replaced,
    ];
}

/// <summary>What is to be done about a message that did not arrive: each reason belongs to one of these.</summary>
public enum DeliveryClass
{
    /// <summary>The same message may arrive if it is sent once more.</summary>
    Retry,

    /// <summary>Not to be reached in this way, at least not now; the other channel may work.</summary>
    OtherChannel,

    /// <summary>The number or the address is wrong.</summary>
    Mend,

    /// <summary>The recipient does not want it on this channel.</summary>
    OptedOut,

    /// <summary>Whoever runs PayLinks has to mend something; the message and its recipient are all right.</summary>
    Configuration,

    /// <summary>Somebody on the way refuses what we send: the same words would be refused again.</summary>
    Blocked,

    /// <summary>It had lost its purpose, so that there is nothing to do.</summary>
    NotNeeded,
}

public static class DeliveryReasons
{
    /// <param name="reason">One of <see cref="DeliveryReason"/>; one that a newer version wrote counts as a matter of
    /// the channel.</param>
    public static DeliveryClass ClassOf(string reason) => reason switch
    {
        DeliveryReason.CarrierError or DeliveryReason.WaitedTooLong or DeliveryReason.MailboxUnreachable
            or DeliveryReason.ProviderUnavailable => DeliveryClass.Retry,
        DeliveryReason.HandsetOff or DeliveryReason.CarrierRefused or DeliveryReason.RouteUnavailable
            or DeliveryReason.MailboxFull => DeliveryClass.OtherChannel,
        DeliveryReason.UnknownNumber or DeliveryReason.NumberNotMobile or DeliveryReason.MailboxUnknown
            or DeliveryReason.MailboxSuppressed or DeliveryReason.ProviderRefused => DeliveryClass.Mend,
        DeliveryReason.OptedOut => DeliveryClass.OptedOut,
        DeliveryReason.ProviderSetup or DeliveryReason.Technical => DeliveryClass.Configuration,
        DeliveryReason.Blocked or DeliveryReason.CarrierFiltered
            or DeliveryReason.MailboxRefused => DeliveryClass.Blocked,
        DeliveryReason.Paid or DeliveryReason.Canceled or DeliveryReason.Expired or DeliveryReason.FellBack
            or DeliveryReason.Replaced => DeliveryClass.NotNeeded,
        _ => DeliveryClass.OtherChannel,
    };
}
