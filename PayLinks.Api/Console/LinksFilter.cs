using PayLinks.Api.Links;
using PayLinks.Api.Takings;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Console;

/// <summary>The filter as it stands in the address, so that a list can be kept as a bookmark.</summary>
/// <param name="Status">A link's status, or what somebody should look at it for.</param>
/// <param name="By">Which of its days the period is about; empty: the one it was created on.</param>
/// <param name="Channel">How it went to the customer.</param>
/// <param name="Maker">Who made it: one of the merchant's people, or programs.</param>
public sealed record LinksFilter(
    string Status, string Search, string From, string To, string By, string Channel = "", string Maker = "")
{
    private const int SearchLengthMax = 100;

    public static LinksFilter Of(HttpRequest request) => new(
        request.Query["status"].ToString(), request.Query["q"].ToString().Trim(), request.Query["from"].ToString(),
        request.Query["to"].ToString(), request.Query["by"].ToString(), request.Query["channel"].ToString(),
        request.Query["maker"].ToString());

    /// <summary>Links that somebody should look at for this reason.</summary>
    public static string Path(LinkAttention attention) => "/links?status=" + attention.ToText();

    public static string Path(LinkStatus status) => "/links?status=" + status.ToText();

    /// <summary>Links whose money moved like this in the period.</summary>
    public static string Path(MoneyMove move, TakingsPeriod period) => $"/links{period.Query}&by={move.ToText()}";

    public bool IsEmpty => (Status + Search + From + To + Channel + Maker).Length == 0;

    public string Query(string? place = null, Guid? id = null) => QueryString.Create(
        new (string Name, string? Value)[]
        {
            ("status", Status), ("q", Search), ("channel", Channel), ("maker", Maker), ("by", By), ("from", From),
            ("to", To),
            (place ?? "", id is { } link ? PublicId.Format(PublicId.Link, link) : null),
        }
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))).Value!;

    /// <summary>False if the days make no period, or nobody knows what is asked for.</summary>
    public bool TryRead(TimeZoneInfo zone, out LinkFilter wanted)
    {
        var word = Status.ToLowerInvariant();
        wanted = new LinkFilter(
            Status: StatusText.TryRead<LinkStatus>(word, out var status) ? status : null,
            Search: Search.Length is > 0 and <= SearchLengthMax ? Search : null,
            Attention: StatusText.TryRead<LinkAttention>(word, out var attention) ? attention : null,
            Sent: StatusText.TryRead<SentBy>(Channel, out var sent) ? sent : null,
            Maker: Maker == ListLinks.Programs || PublicId.TryParse(PublicId.User, Maker, out _) ? Maker : null);
        var isKnown = (word.Length == 0 || wanted.Status is not null || wanted.Attention is not null)
            && (Channel.Length == 0 || wanted.Sent is not null) && (Maker.Length == 0 || wanted.Maker is not null);
        if (!TryDay(From, DateOnly.MinValue, out var first) | !TryDay(To, DateOnly.MaxValue, out var last)
            || first > last || !isKnown)
        {
            return false;
        }

        if (By.Length == 0)
        {
            wanted = wanted with
            {
                CreatedFrom = From.Length == 0 ? null : Midnight(first, zone),
                CreatedTo = To.Length == 0 ? null : Midnight(last.AddDays(1), zone),
            };
            return true;
        }

        if (!StatusText.TryRead<MoneyMove>(By, out var move))
        {
            return false;
        }

        wanted = wanted with { Moved = new MoneyMoved(move, new TakingsPeriod(first, last), zone.Id) };
        return true;
    }

    private static bool TryDay(string text, DateOnly otherwise, out DateOnly day)
    {
        if (text.Length > 0)
        {
            return TakingsPeriod.TryReadDay(text, out day);
        }

        day = otherwise;
        return true;
    }

    // A day begins when it begins at the merchant's.
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
