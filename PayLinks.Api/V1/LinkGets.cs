using System.Globalization;
using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

/// <summary>One link, its timeline and its QR code.</summary>
internal static class LinkGets
{
    private const int EventsMax = 250;

    public static async Task<IResult> OneAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database, ShowLink show) =>
        new QueryReader(context.Request).Problem()
        ?? (await FindAsync(id, context, caller, database, show) is { } link
            ? TypedResults.Json(LinkAnswer.From(link), V1Json.Wire.LinkAnswer)
            : (IResult)new Problem(ProblemCodes.NotFound));

    public static async Task<IResult> EventsAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(usual: EventsMax, EventsMax);
        var after = Sequence(query);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        var events = await LinkEvents.ReadAsync(transaction, caller.Actor, linkId, after, limit + 1);
        if (events.Count == 0
            && (await LinkEvents.ReadAsync(transaction, caller.Actor, linkId, after: 0, limit: 1)).Count == 0)
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var hasMore = events.Count > limit;
        var page = events.Take(limit).Select(EventAnswer.From).ToList();
        var next = hasMore ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Json(new EventPageAnswer(page, hasMore, next), V1Json.Wire.EventPageAnswer);
    }

    public static async Task<IResult> QrSvgAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database, ShowLink show) =>
        new QueryReader(context.Request).Problem()
        ?? (await FindAsync(id, context, caller, database, show) is { } link
            ? TypedResults.Text(LinkQr.Svg(link.Url), "image/svg+xml")
            : (IResult)new Problem(ProblemCodes.NotFound));

    public static async Task<IResult> QrPngAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database, ShowLink show) =>
        new QueryReader(context.Request).Problem()
        ?? (await FindAsync(id, context, caller, database, show) is { } link
            ? TypedResults.Bytes(LinkQr.Png(link.Url), "image/png")
            : (IResult)new Problem(ProblemCodes.NotFound));

    private static async Task<LinkView?> FindAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database, ShowLink show)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return null;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        return await show.FindAsync(transaction, caller.Actor, linkId);
    }

    // The place in a timeline is the event's sequence: no secret, and the same for everybody.
    private static int Sequence(QueryReader query)
    {
        if (query.Text("after") is not { } text)
        {
            return 0;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return sequence;
        }

        query.Errors.Add(new FieldError("/after", FieldCodes.CursorInvalid));
        return 0;
    }
}
