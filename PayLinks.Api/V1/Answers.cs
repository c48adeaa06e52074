using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

// What goes out beside links.

/// <summary>Part of a list.</summary>
/// <param name="NextCursor">For <c>after</c> (or <c>before</c>, if that was asked); null when there is no more.</param>
public sealed record LinkPageAnswer(IReadOnlyList<LinkAnswer> Data, bool HasMore, string? NextCursor);

/// <summary>Something that happened to a link.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Actor">key_…, usr_…, customer, worker, or a provider's name.</param>
public sealed record EventAnswer(
    string Id, string Type, int Sequence, DateTimeOffset CreatedAt, string Actor,
    IReadOnlyDictionary<string, string> Data)
{
    internal static EventAnswer From(LinkEvent happened) => new(
        PublicId.Format(PublicId.Event, happened.Id), happened.Type, happened.Sequence, happened.CreatedAt,
        happened.Actor, happened.Data);
}

/// <summary>What is known of a phone number.</summary>
/// <param name="Number">E.164.</param>
/// <param name="Type">mobile, landline, landline_or_mobile, voip, premium_rate, …</param>
/// <param name="Country">ISO 3166; null for satellites and other numbers of no country.</param>
/// <param name="Grouped">To be read back to the customer.</param>
/// <param name="CanReceiveSms">As far as its type tells.</param>
/// <param name="Allowed">Whether this merchant may send texts to numbers of this kind and country.</param>
/// <param name="Warnings">What to ask the customer about.</param>
/// <param name="OptedOut">Its owner does not want texts from this merchant.</param>
public sealed record PhoneNumberAnswer(
    string Number, string Type, string? Country, string Grouped, bool CanReceiveSms, bool Allowed,
    IReadOnlyList<string> Warnings, bool OptedOut)
{
    public const string ShortItalianMobile = "short_italian_mobile";

    internal static PhoneNumberAnswer From(CheckedNumber found) => new(
        found.Number.E164, found.Number.Type, found.Number.Country, found.Grouped, found.Number.CanReceiveSms,
        found.IsAllowed,
        found.Number.IsShortItalianMobile ? [ShortItalianMobile] : [], found.OptedOut);
}

/// <summary>Part of a timeline, oldest first.</summary>
public sealed record EventPageAnswer(IReadOnlyList<EventAnswer> Data, bool HasMore, string? NextCursor);
