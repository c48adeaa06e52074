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

/// <summary>Part of a timeline, oldest first.</summary>
public sealed record EventPageAnswer(IReadOnlyList<EventAnswer> Data, bool HasMore, string? NextCursor);
