using PayLinks.Api.Takings;
using PayLinks.Core.Links;

namespace PayLinks.Api.Links;

/// <summary>Which links to list; null does not filter.</summary>
/// <param name="Status">As it is shown, so that an open link past its time is found among the expired.</param>
/// <param name="Reference">Whole, upper or lower case.</param>
/// <param name="Phone">In E.164.</param>
/// <param name="CreatedFrom">Inclusive.</param>
/// <param name="CreatedTo">Exclusive.</param>
/// <param name="Search">
/// The beginning of a reference or a customer's name, the end of a phone, the last four digits of the card that paid,
/// or a link's id.
/// </param>
/// <param name="Attention">What somebody should look at it for.</param>
/// <param name="Moved">Links whose money moved in a certain way on certain days.</param>
/// <param name="Sent">How the link went to the customer.</param>
/// <param name="Maker">
/// Who made it, as links record it: <c>usr_…</c>, or <see cref="ListLinks.Programs"/> for those that programs made.
/// </param>
public sealed record LinkFilter(
    LinkStatus? Status = null,
    string? Reference = null,
    string? Phone = null,
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    string? Search = null,
    LinkAttention? Attention = null,
    MoneyMoved? Moved = null,
    SentBy? Sent = null,
    string? Maker = null);

/// <summary>How a link went to the customer; one may have gone both ways.</summary>
public enum SentBy
{
    Sms,
    Email,

    /// <summary>Not at all, by us.</summary>
    None,
}

/// <summary>How money moves.</summary>
public enum MoneyMove
{
    Paid,
    Refunded,

    /// <summary>Taken back by the customer's bank, or returned by it.</summary>
    Disputed,
}

/// <summary>A way in which money moved, within days of a zone, both inclusive.</summary>
public sealed record MoneyMoved(MoneyMove Move, TakingsPeriod Period, string Zone);

/// <summary>Which part of a list: at most one of the two places, which are ids of links.</summary>
/// <param name="After">Further down, that is older, than this link.</param>
/// <param name="Before">Further up, that is newer, than this link.</param>
public sealed record PageRequest(int Limit, Guid? After = null, Guid? Before = null);

/// <summary>Part of a list, newest first whichever way it was reached.</summary>
/// <param name="HasMore">There is more in the direction that was asked for.</param>
public sealed record LinkPage(IReadOnlyList<LinkView> Links, bool HasMore);
