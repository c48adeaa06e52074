using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Api.Takings;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Console;

/// <param name="Newer">The address of the page above, or null on the first.</param>
/// <param name="Older">The address of the page below, or null on the last.</param>
/// <param name="Moved">
/// What moved in all, by currency, when the list is of nothing but links whose money moved in a period; else none.
/// </param>
/// <param name="Makers">Who may have made a link, by <c>usr_…</c>; none for agents, who see their own.</param>
/// <param name="Live">From where on the live screen follows what happens.</param>
public sealed record LinksModel(
    LinksFilter Filter, IReadOnlyList<LinkView> Links, string? Newer, string? Older, IReadOnlyList<Money> Moved,
    IReadOnlyDictionary<string, string> Makers, FeedPlace Live, bool HasProblem);

/// <summary>The merchant's links, newest first; an agent's own.</summary>
internal static class ShowLinks
{
    private const int PageSize = 25;

    public static async Task<IResult> HandleAsync(
        HttpRequest request, ConsolePage page, Staff staff, NpgsqlDataSource database, ListLinks list,
        CancellationToken cancellationToken)
    {
        var filter = LinksFilter.Of(request);
        var isReadable = filter.TryRead(staff.TimeZone, out var wanted);
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
            isReadable ? await MovedAsync(transaction, staff, wanted, cancellationToken) : [],
            staff.IsAgent
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : await transaction.StaffNamesAsync(),
            live,
            HasProblem: !isReadable));
    }

    private static async Task<IReadOnlyList<Money>> MovedAsync(
        MerchantTransaction transaction, Staff staff, LinkFilter wanted, CancellationToken cancellationToken)
    {
        if (wanted is not
            { Status: null, Search: null, Attention: null, Sent: null, Maker: null, Moved: { } moved }
            || !staff.MaySeeTakings || moved.Period.Days > TakingsPeriod.DaysMax)
        {
            return [];
        }

        var days = await transaction.TakingsAsync(
            staff.Mode, moved.Zone, moved.Period, currency: null, cancellationToken);
        return
        [
            .. Sums.Of(days, Currency.Get(staff.Currency)).Select(sums => moved.Move switch
            {
                MoneyMove.Paid => sums.Gross,
                MoneyMove.Refunded => sums.Refunds,
                MoneyMove.Disputed => sums.Disputes,
            }),
        ];
    }

    private static Guid? Place(HttpRequest request, string name) =>
        PublicId.TryParse(PublicId.Link, request.Query[name].ToString(), out var id) ? id : null;
}
