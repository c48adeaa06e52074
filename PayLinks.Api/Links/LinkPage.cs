using PayLinks.Core.Links;

namespace PayLinks.Api.Links;

/// <summary>Which links to list; null does not filter.</summary>
/// <param name="Status">As it is shown, so that an open link past its time is found among the expired.</param>
/// <param name="Reference">Whole, upper or lower case.</param>
/// <param name="Phone">In E.164.</param>
/// <param name="CreatedFrom">Inclusive.</param>
/// <param name="CreatedTo">Exclusive.</param>
/// <param name="Search">The beginning of a reference or a customer's name, the end of a phone, or a link's id.</param>
public sealed record LinkFilter(
    LinkStatus? Status = null,
    string? Reference = null,
    string? Phone = null,
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    string? Search = null);

/// <summary>Which part of a list: at most one of the two places, which are ids of links.</summary>
/// <param name="After">Further down, that is older, than this link.</param>
/// <param name="Before">Further up, that is newer, than this link.</param>
public sealed record PageRequest(int Limit, Guid? After = null, Guid? Before = null);

/// <summary>Part of a list, newest first whichever way it was reached.</summary>
/// <param name="HasMore">There is more in the direction that was asked for.</param>
public sealed record LinkPage(IReadOnlyList<LinkView> Links, bool HasMore);
