using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.V1;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Takings;

/// <summary>What came in and went back, for programs: as sums, and as the rows that these are the sums of.</summary>
internal static class GetTakings
{
    public static async Task<IResult> SumsAsync(HttpContext context, ApiCaller caller, NpgsqlDataSource database)
    {
        var query = new QueryReader(context.Request);
        var asked = TakingsQuery.Read(query);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var period = asked.Period(merchant.Today, query);
        if (query.Problem() is { } tooLong)
        {
            return tooLong;
        }

        var days = await transaction.TakingsAsync(
            caller.Actor.Mode, merchant.TimeZone, period, asked.Currency, context.RequestAborted);
        var first = asked.Currency ?? Currency.Get(merchant.Currency);
        return TypedResults.Json(
            new TakingsAnswer(
                period.From, period.To, merchant.TimeZone, caller.Actor.Mode,
                [.. Sums.Of(days, first).Select(TakingsTotalAnswer.From)],
                [.. days.Select(TakingsDayAnswer.From)]),
            V1Json.Wire.TakingsAnswer);
    }

    public static async Task<IResult> RowsAsync(HttpContext context, ApiCaller caller, NpgsqlDataSource database)
    {
        var query = new QueryReader(context.Request);
        var asked = TakingsQuery.Read(query);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        MerchantFacts merchant;
        await using (var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted))
        {
            merchant = await MerchantFacts.ReadAsync(transaction);
        }

        var period = asked.Period(merchant.Today, query);
        return query.Problem()
            ?? WriteTakings.Of(
                database, caller.Actor.MerchantId, caller.Actor.Mode, merchant.TimeZone, period, asked.Currency,
                context.RequestAborted);
    }
}
