using Npgsql;
using PayLinks.Api.Notices;
using PayLinks.Api.Problems;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.V1;

/// <summary>The merchant's webhook endpoints, and what was posted to them.</summary>
internal static class EndpointGets
{
    private const string List = "webhook-endpoints";
    private const int LimitUsual = 50;
    private const int LimitMax = 250;

    public static async Task<IResult> AllAsync(
        HttpContext context, ApiCaller caller, NpgsqlDataSource database, Cursors cursors)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(LimitUsual, LimitMax);
        var after = cursors.Read(caller.Actor, List, "after", query);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        var endpoints = await transaction.ListEndpointsAsync(caller.Actor, limit + 1, after);
        var hasMore = endpoints.Count > limit;
        return TypedResults.Json(
            new EndpointPageAnswer(
                [.. endpoints.Take(limit).Select(EndpointAnswer.From)],
                hasMore,
                hasMore ? cursors.Write(caller.Actor, List, endpoints[limit - 1].Id) : null),
            V1Json.Wire.EndpointPageAnswer);
    }

    public static async Task<IResult> OneAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database)
    {
        if (new QueryReader(context.Request).Problem() is { } problem)
        {
            return problem;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        return PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            && await transaction.FindEndpointAsync(caller.Actor, endpointId) is { } endpoint
                ? TypedResults.Json(EndpointAnswer.From(endpoint), V1Json.Wire.EndpointAnswer)
                : new Problem(ProblemCodes.NotFound);
    }

    public static async Task<IResult> DeliveriesAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database, ReadDeliveries read,
        Cursors cursors)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(LimitUsual, LimitMax);
        var list = $"{List}/{id}/deliveries";
        var after = cursors.Read(caller.Actor, list, "after", query);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            || await transaction.FindEndpointAsync(caller.Actor, endpointId) is null)
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var deliveries = await read.ExecuteAsync(transaction, endpointId, limit + 1, after);
        var hasMore = deliveries.Count > limit;
        return TypedResults.Json(
            new DeliveryPageAnswer(
                [.. deliveries.Take(limit).Select(DeliveryAnswer.From)],
                hasMore,
                hasMore ? cursors.Write(caller.Actor, list, deliveries[limit - 1].Id) : null),
            V1Json.Wire.DeliveryPageAnswer);
    }
}
