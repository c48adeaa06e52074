using System.Globalization;
using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Console;

/// <param name="Newer">The address of the page above, or null on the first.</param>
/// <param name="Older">The address of the page below, or null on the last.</param>
/// <param name="Live">From where on the live screen follows what happens.</param>
public sealed record LinksModel(
    LinksFilter Filter, IReadOnlyList<LinkView> Links, string? Newer, string? Older, FeedPlace Live, bool HasProblem);

/// <summary>The filter as it stands in the address, so that a list can be kept as a bookmark.</summary>
public sealed record LinksFilter(string Status, string Search, string From, string To)
{
    public bool IsEmpty => (Status + Search + From + To).Length == 0;

    public string Query(string? place = null, Guid? id = null) => QueryString.Create(
        new (string Name, string? Value)[]
        {
            ("status", Status), ("q", Search), ("from", From), ("to", To),
            (place ?? "", id is { } link ? PublicId.Format(PublicId.Link, link) : null),
        }
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))).Value!;
}

/// <summary>The merchant's links, newest first; an agent's own.</summary>
internal static class ShowLinks
{
    private const int PageSize = 25;

    public static async Task<IResult> HandleAsync(
        HttpRequest request, ConsolePage page, Staff staff, NpgsqlDataSource database, ListLinks list,
        CancellationToken cancellationToken)
    {
        var filter = new LinksFilter(
            request.Query["status"].ToString(), request.Query["q"].ToString().Trim(),
            request.Query["from"].ToString(), request.Query["to"].ToString());
        var isReadable = TryRead(filter, staff.TimeZone, out var wanted);
        var after = Place(request, "after");
        var before = after is null ? Place(request, "before") : null;

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var live = await transaction.FeedPlaceAsync();
        var found = isReadable
            ? await list.ReadAsync(transaction, staff.Actor, wanted, new PageRequest(PageSize, after, before))
            : new PayLinks.Api.Links.LinkPage([], HasMore: false);

        var hasNewer = before is null ? after is not null : found.HasMore;
        var hasOlder = before is null ? found.HasMore : true;
        var links = found.Links;
        return page.Render<LinksPage>(new LinksModel(
            filter,
            links,
            hasNewer && links.Count > 0 ? "/links" + filter.Query("before", links[0].Id) : null,
            hasOlder && links.Count > 0 ? "/links" + filter.Query("after", links[^1].Id) : null,
            live,
            HasProblem: !isReadable));
    }

    private static bool TryRead(LinksFilter filter, TimeZoneInfo zone, out LinkFilter wanted)
    {
        LinkStatus? status = Enum.TryParse<LinkStatus>(filter.Status, ignoreCase: true, out var known) ? known : null;
        var isReadable = TryDay(filter.From, zone, 0, out var from) & TryDay(filter.To, zone, 1, out var to)
            && !(from >= to);
        wanted = new LinkFilter(
            status, CreatedFrom: from, CreatedTo: to,
            Search: filter.Search.Length is > 0 and <= 100 ? filter.Search : null);
        return isReadable;
    }

    // A day begins when it begins at the merchant's.
    private static bool TryDay(string text, TimeZoneInfo zone, int later, out DateTimeOffset? instant)
    {
        instant = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.Year is < 2000 or > 9000)
        {
            return false;
        }

        var midnight = day.AddDays(later).ToDateTime(TimeOnly.MinValue);
        instant = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        return true;
    }

    private static Guid? Place(HttpRequest request, string name) =>
        PublicId.TryParse(PublicId.Link, request.Query[name].ToString(), out var id) ? id : null;
}
