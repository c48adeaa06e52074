using System.Globalization;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>The one validator of links, for API, form and desk: reads a draft into a link that may be made.</summary>
public static class CheckLink
{
    /// <summary>All errors at once, so that nobody mends one to be told the next.</summary>
    /// <returns>The link, or null together with at least one error.</returns>
    public static (NewLink? Link, IReadOnlyList<FieldError> Errors) Read(
        LinkDraft draft, MerchantFacts merchant, LinkLimits limits)
    {
        var errors = new List<FieldError>();

        var amount = CheckAmount.Read(draft.AmountValue, draft.Currency, limits, errors);
        var description = CheckText.Read(
            "/description", draft.Description, limits.DescriptionLengthMax, isProse: true, errors);
        if (description is null && errors.All(error => error.Pointer != "/description"))
        {
            errors.Add(new FieldError("/description", FieldCodes.Required));
        }

        var reference = CheckText.Read(
            "/reference", draft.Reference, limits.ReferenceLengthMax, isProse: false, errors);
        var name = CheckText.Read("/customer/name", draft.CustomerName, limits.NameLengthMax, isProse: true, errors);
        var send = Channels(draft.Send, errors);
        var phone = send.Contains(MessageChannel.Sms)
            ? CheckPhone.ReadForSms("/customer/phone", draft.Phone, merchant, errors)
            : CheckPhone.Read("/customer/phone", draft.Phone, merchant.Country, errors);
        var email = CheckEmail.Read("/customer/email", draft.Email, errors);
        NeedAddress(send, MessageChannel.Sms, phone, "/customer/phone", errors);
        NeedAddress(send, MessageChannel.Email, email, "/customer/email", errors);

        var locale = Locales.Read("/customer/locale", draft.Locale, merchant, errors);
        var expiresAt = CheckExpiry.Read(draft.ExpiresIn, draft.ExpiresAt, merchant, limits, errors);
        var returnUrl = CheckReturnUrl.Read("/returnUrl", draft.ReturnUrl, limits, errors);
        var metadata = CheckMetadata.Read("/metadata", draft.Metadata, limits, errors);

        return errors.Count > 0
            ? (null, errors)
            : (new NewLink(
                amount, description!, reference, name, phone, email, locale, send, expiresAt,
                merchant.RemindAt(expiresAt, phone, locale), returnUrl, metadata, draft.WithCode),
                errors);
    }

    /// <summary>Reads <c>sms</c> or <c>email</c>; null with an error for anything else.</summary>
    public static MessageChannel? Channel(string pointer, string? text, List<FieldError> errors)
    {
        MessageChannel? channel = text switch
        {
            "sms" => MessageChannel.Sms,
            "email" => MessageChannel.Email,
            _ => null,
        };
        if (channel is null)
        {
            errors.Add(new FieldError(pointer, text is null ? FieldCodes.Required : FieldCodes.ChannelUnknown));
        }

        return channel;
    }

    /// <summary>Reads the address that a link is to be sent to; null with an error for anything else.</summary>
    public static (MessageChannel? Channel, string? Address) Recipient(
        string? channel, string? to, MerchantFacts merchant, List<FieldError> errors)
    {
        var by = Channel("/channel", channel, errors);
        var address = by switch
        {
            MessageChannel.Sms => CheckPhone.ReadForSms("/to", to, merchant, errors),
            MessageChannel.Email => CheckEmail.Read("/to", to, errors),
            _ => null,
        };
        if (by is not null && address is null && errors.Count == 0)
        {
            errors.Add(new FieldError("/to", FieldCodes.Required));
        }

        return (by, address);
    }

    private static List<MessageChannel> Channels(IReadOnlyList<string> send, List<FieldError> errors)
    {
        var channels = new List<MessageChannel>();
        for (var i = 0; i < send.Count; i++)
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/send/{i}");
            if (Channel(pointer, send[i], errors) is not { } channel)
            {
                continue;
            }

            if (channels.Contains(channel))
            {
                errors.Add(new FieldError(pointer, FieldCodes.DuplicateValue));
            }
            else
            {
                channels.Add(channel);
            }
        }

        return channels;
    }

    private static void NeedAddress(
        List<MessageChannel> send, MessageChannel channel, string? address, string pointer, List<FieldError> errors)
    {
        if (send.Contains(channel) && address is null && errors.All(error => error.Pointer != pointer))
        {
            errors.Add(new FieldError(pointer, FieldCodes.Required));
        }
    }
}
