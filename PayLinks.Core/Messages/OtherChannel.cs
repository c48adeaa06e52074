namespace PayLinks.Core.Messages;

/// <summary>Where a message may go that does not arrive.</summary>
public static class OtherChannel
{
    public static MessageChannel Other(this MessageChannel channel) => channel switch
    {
        MessageChannel.Sms => MessageChannel.Email,
        MessageChannel.Email => MessageChannel.Sms,
    };

    /// <summary>Whether the customer can be reached on the other channel as well.</summary>
    /// <param name="phone">E.164; a landline cannot.</param>
    public static bool HasOther(this MessageChannel channel, string? phone, string? email) => channel switch
    {
        MessageChannel.Sms => email is not null,
        MessageChannel.Email => phone is not null
            && ReadNumber.Of(phone, ReadNumber.AnyCountry) is { IsMobile: true },
    };
}
