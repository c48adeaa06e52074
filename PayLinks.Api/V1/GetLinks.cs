using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

internal static class GetLinks
{
    private const string List = "links";
    private const int LimitUsual = 50;
    private const int LimitMax = 250;

    public static async Task<IResult> HandleAsync(
        HttpContext context, ApiCaller caller, NpgsqlDataSource database, ListLinks list, Cursors cursors)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(LimitUsual, LimitMax);
        var after = cursors.Read(caller.Actor, List, "after", query);
        var before = cursors.Read(caller.Actor, List, "before", query);
        if (after is not null && before is not null)
        {
            query.Errors.Add(new FieldError("/before", FieldCodes.CursorInvalid));
        }

        var phone = query.Text("phone");
        var filter = new LinkFilter(
            Status(query), query.Text("reference"), Phone: null, query.Instant("createdFrom"),
            query.Instant("createdTo"), query.Text("q"));
        if (filter.CreatedFrom > filter.CreatedTo)
        {
            query.Errors.Add(new FieldError("/createdTo", FieldCodes.DatesReversed));
        }

        if (query.Problem() is { } problem)
        {
            return problem;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        if (phone is not null)
        {
            var merchant = await MerchantFacts.ReadAsync(transaction);
            filter = filter with
            {
                Phone = CheckPhone.Read("/phone", phone, merchant.Country, query.Errors),
            };
            if (query.Problem() is { } badPhone)
            {
                return badPhone;
            }
        }

        var page = await list.ReadAsync(transaction, caller.Actor, filter, new PageRequest(limit, after, before));
        var next = !page.HasMore ? (Guid?)null : before is null ? page.Links[^1].Id : page.Links[0].Id;
        return TypedResults.Json(
            new LinkPageAnswer(
                [.. page.Links.Select(LinkAnswer.From)],
                page.HasMore,
                next is { } place ? cursors.Write(caller.Actor, List, place) : null),
            V1Json.Wire.LinkPageAnswer);
    }

    private static LinkStatus? Status(QueryReader query)
    {
        if (query.Text("status") is not { } text)
        {
            return null;
        }

        foreach (var status in Enum.GetValues<LinkStatus>())
        {
            if (status.ToText() == text)
            {
                return status;
            }
        }

        query.Errors.Add(new FieldError("/status", FieldCodes.ValueUnknown));
        return null;
    }
}
