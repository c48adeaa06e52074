using PayLinks.Core.Events;
using PayLinks.Core.Links;

namespace PayLinks.Api.Desk;

/// <summary>
/// When a call is over, nobody needs its customer's number in passing. Whoever asks for it sees it for a while, and the
/// link's timeline says so.
/// </summary>
public static class ClosedCall
{
    public static readonly TimeSpan RevealLasts = TimeSpan.FromMinutes(10);

    /// <param name="actor">Who looks.</param>
    /// <param name="now">By the database's clock.</param>
    public static bool HidesAddress(
        LinkView link, IReadOnlyList<DeskEvent> events, string actor, DateTimeOffset now) =>
        (!link.IsPayable || events.Any(happened => happened.Type == EventTypes.LinkCallEnded))
        && !events.Any(happened => happened.Type == EventTypes.LinkNumberRevealed && happened.Actor == actor
            && happened.CreatedAt > now - RevealLasts);
}
