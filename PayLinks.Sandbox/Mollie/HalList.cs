using System.Globalization;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>
/// A page of a list: <c>from</c> is the id of its first entry, <c>limit</c> 1 to 250, <c>sort</c> desc or asc.
/// </summary>
internal sealed record HalList(string? From, int Limit, bool Ascending)
{
    private const int LimitDefault = 50;
    private const int LimitMax = 250;

    /// <summary>Reads the paging of a request, or says what is wrong with it.</summary>
    public static (HalList? List, Answer? Refusal) Read(IQueryCollection query)
    {
        var limit = LimitDefault;
        if (query.TryGetValue("limit", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > LimitMax))
        {
            return (null, MollieError.BadRequest("Invalid limit value", "limit"));
        }

        var sort = query["sort"].ToString();
        if (sort is not ("" or "desc" or "asc"))
        {
            return (null, MollieError.BadRequest("Invalid sort value", "sort"));
        }

        var from = query["from"].ToString();
        return (new HalList(from.Length == 0 ? null : from, limit, sort == "asc"), null);
    }

    /// <summary>Writes the page. Called within a step of the books.</summary>
    public Answer Write<T>(
        Table<T> table, Func<T, bool> belongs, Func<T, string> idOf, string name, Func<T, JsonNode> write,
        string address)
        where T : class
    {
        if (From is not null && (!table.TryFind(From, out var first) || !belongs(first)))
        {
            return MollieError.BadRequest("Invalid cursor value", "from");
        }

        var onwards = Ascending ? table.OldestFirst(From) : table.NewestFirst(From);
        var page = onwards.Where(belongs).Take(Limit + 1).ToList();
        var next = page.Count > Limit ? idOf(page[Limit]) : null;
        var shown = page.Take(Limit).ToList();

        string? previous = null;
        if (From is not null)
        {
            var backwards = Ascending ? table.NewestFirst(From) : table.OldestFirst(From);
            previous = backwards.Where(belongs).Skip(1).Take(Limit).Select(idOf).LastOrDefault();
        }

        return Hal.Ok(new JsonObject
        {
            ["count"] = shown.Count,
            ["_embedded"] = new JsonObject { [name] = new JsonArray([.. shown.Select(write)]) },
            ["_links"] = new JsonObject
            {
                ["self"] = Hal.Link(Address(address, From)),
                ["previous"] = previous is null ? null : Hal.Link(Address(address, previous)),
                ["next"] = next is null ? null : Hal.Link(Address(address, next)),
                ["documentation"] = Hal.Documentation($"reference/list-{name}"),
            },
        });
    }

    private string Address(string address, string? from) =>
        $"{address}?{(from is null ? "" : $"from={from}&")}limit={Limit}{(Ascending ? "&sort=asc" : "")}";
}
