using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Twilio;

/// <summary>
/// What Twilio's error codes mean for us. Twilio adds codes without notice, so there is a default for the rest: codes
/// from 30000 on are about a text on its way, all others about the request.
/// </summary>
internal static class TwilioReasons
{
    /// <summary>What is said of a text that did not arrive where no code comes with it.</summary>
    public const int UnknownError = 30008;

    /// <summary>Why a message was refused, or did not arrive.</summary>
    public static string Of(int? code) => code switch
    {
        21211 or 21217 or 21265 or 30005 => DeliveryReason.UnknownNumber,
        21614 or 21635 or 30006 => DeliveryReason.NumberNotMobile,
        21610 => DeliveryReason.OptedOut,
        21612 => DeliveryReason.RouteUnavailable,
        // The account, its senders and regions, and the registrations that some countries want.
        20003 or 20404 or 21212 or 21408 or 21606 or 21608 or 21609 or 21659 or 21660 or 21703 or 21705
            or 30002 or 30018 or 30023 or 30024 or 30032 or 30033 or 30034 or 30450 => DeliveryReason.ProviderSetup,
        // No recipient, no sender, no text or too much of it: we wrote the request wrong.
        21602 or 21603 or 21604 or 21615 or 21617 => DeliveryReason.Technical,
        21611 or 30001 or 30036 => DeliveryReason.WaitedTooLong,
        30003 => DeliveryReason.HandsetOff,
        30004 => DeliveryReason.Blocked,
        30007 => DeliveryReason.CarrierFiltered,
        UnknownError or 30017 or 30022 or 30410 => DeliveryReason.CarrierError,
        >= 30000 and < 40000 => DeliveryReason.CarrierRefused,
        _ => DeliveryReason.ProviderRefused,
    };

    /// <summary>What a refusal of the request means for the message: never, or later.</summary>
    public static SendOutcome OfRefusal(int httpStatus, int? code) => (httpStatus, Of(code)) switch
    {
        // Twilio promises that what it answers with 429 was not processed.
        (429, _) => new SendOutcome.NotNow(Obstacle.Busy, DeliveryReason.ProviderUnavailable),
        (_, DeliveryReason.WaitedTooLong) => new SendOutcome.NotNow(Obstacle.Busy, DeliveryReason.WaitedTooLong),
        (401 or 403 or 404, _) or (_, DeliveryReason.ProviderSetup) =>
            new SendOutcome.NotNow(Obstacle.Setup, DeliveryReason.ProviderSetup),
        var (_, reason) => new SendOutcome.Refused(reason),
    };
}
