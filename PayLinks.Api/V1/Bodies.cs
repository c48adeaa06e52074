using PayLinks.Api.Links;

namespace PayLinks.Api.V1;

// What comes in. Everything is text and may be missing: the words of a refusal come from CheckLink, not from a reader.

/// <param name="Value">With a point and exactly the currency's decimals.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record AmountBody(string? Value, string? Currency);

/// <param name="Phone">In any usual form; without a country code it is read as one of the merchant's country.</param>
/// <param name="Locale">BCP 47, like <c>it-IT</c>: the language of messages and pages.</param>
public sealed record CustomerBody(string? Name, string? Phone, string? Email, string? Locale);

/// <summary>A link to make.</summary>
/// <param name="Description">What the customer pays for; he reads it.</param>
/// <param name="Reference">The merchant's own number for it.</param>
/// <param name="Send">Any of <c>sms</c> and <c>email</c>; each needs its address.</param>
/// <param name="ExpiresIn">An ISO 8601 duration, like <c>P3D</c>.</param>
/// <param name="ExpiresAt">Instead, an RFC 3339 instant.</param>
/// <param name="ReturnUrl">Where the thank-you page leads back to; https.</param>
/// <param name="Metadata">Whatever the merchant's program wants to find again.</param>
public sealed record NewLinkBody(
    AmountBody? Amount,
    string? Description,
    string? Reference,
    CustomerBody? Customer,
    IReadOnlyList<string>? Send,
    string? ExpiresIn,
    string? ExpiresAt,
    string? ReturnUrl,
    Dictionary<string, string>? Metadata)
{
    internal LinkDraft ToDraft() => new()
    {
        AmountValue = Amount?.Value,
        Currency = Amount?.Currency,
        Description = Description,
        Reference = Reference,
        CustomerName = Customer?.Name,
        Phone = Customer?.Phone,
        Email = Customer?.Email,
        Locale = Customer?.Locale,
        Send = Send ?? [],
        ExpiresIn = ExpiresIn,
        ExpiresAt = ExpiresAt,
        ReturnUrl = ReturnUrl,
        Metadata = Metadata ?? [],
    };
}

/// <summary>A message to send.</summary>
/// <param name="Channel"><c>sms</c> or <c>email</c>.</param>
/// <param name="To">By default the link's own address; another one becomes the link's own.</param>
public sealed record NewMessageBody(string? Channel, string? To);

/// <summary>Somebody else to send a link to.</summary>
/// <param name="Channel"><c>sms</c> or <c>email</c>.</param>
/// <param name="To">The new address.</param>
/// <param name="KeepLink">
/// True: the same link goes there. False: this one is canceled, and a new one of the same content goes there.
/// </param>
public sealed record RecipientBody(string? Channel, string? To, bool? KeepLink)
{
    internal RecipientDraft ToDraft() => new(Channel, To, KeepLink);
}

/// <summary>A phone number to look up.</summary>
/// <param name="Number">In any usual form.</param>
/// <param name="Country">
/// ISO 3166 code of where a number without a country code belongs; by default the merchant's country.
/// </param>
public sealed record PhoneNumberBody(string? Number, string? Country);

/// <summary>More time for a link: one of the two, or neither for the merchant's usual lifetime.</summary>
public sealed record ExtensionBody(string? ExpiresIn, string? ExpiresAt);

/// <summary>Money to give back.</summary>
/// <param name="Amount">By default all that is left of what was paid.</param>
/// <param name="Reason">The customer reads it; up to 140 characters.</param>
public sealed record NewRefundBody(AmountBody? Amount, string? Reason);

/// <summary>An operation without details takes no body; an empty object is as good.</summary>
public sealed record NothingBody;
