using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Twilio;

/// <summary>
/// What Twilio's error codes mean for us. Twilio adds codes without notice, so there is a default for the rest.
/// </summary>
internal static class TwilioReasons
{
    /// <summary>Why a message was refused, or did not arrive.</summary>
    public static string Of(int? code) => code switch
    {
        21211 or 30005 => DeliveryReason.UnknownNumber,
        21614 or 21635 or 30006 => DeliveryReason.NumberNotMobile,
        21610 => DeliveryReason.OptedOut,
        21612 => DeliveryReason.RouteUnavailable,
        21212 or 21408 or 21606 or 21705 or 20003 or 20404 or 30034 or 30450 => DeliveryReason.ProviderSetup,
        21611 or 30001 => DeliveryReason.WaitedTooLong,
        30003 => DeliveryReason.HandsetOff,
        30004 => DeliveryReason.Blocked,
        30007 => DeliveryReason.CarrierFiltered,
        >= 30000 and < 40000 => DeliveryReason.CarrierError,
        _ => DeliveryReason.ProviderRefused,
    };

    /// <summary>What a refusal of the request means for the message: never, or later.</summary>
    public static SendOutcome OfRefusal(int httpStatus, int? code) => (httpStatus, code) switch
    {
        // Twilio promises that what it answers with 429 was not processed.
        (429, _) => new SendOutcome.NotNow(Obstacle.Busy, DeliveryReason.ProviderUnavailable),
        (_, 21611) => new SendOutcome.NotNow(Obstacle.Busy, DeliveryReason.WaitedTooLong),
        (401 or 403 or 404, _) or (_, 21212 or 21606 or 21408) =>
            new SendOutcome.NotNow(Obstacle.Setup, DeliveryReason.ProviderSetup),
        _ => new SendOutcome.Refused(Of(code)),
    };
}
