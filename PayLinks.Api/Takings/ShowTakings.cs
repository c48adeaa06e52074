using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Takings;

/// <param name="From">The first day as it was typed.</param>
/// <param name="To">The last day as it was typed.</param>
/// <param name="HasProblem">The days typed make no period; the usual one is shown.</param>
public sealed record TakingsModel(Board Board, string From, string To, bool HasProblem);

/// <summary>The first page of whoever answers for the takings.</summary>
internal static class ShowTakings
{
    public static async Task<IResult> HandleAsync(
        string? from, string? to, ConsolePage page, Staff staff, ReadBoard read, CancellationToken cancellationToken)
    {
        var isAsked = !string.IsNullOrEmpty(from) || !string.IsNullOrEmpty(to);
        var period = isAsked ? Read(from, to) : null;
        var board = await read.ExecuteAsync(staff, period, cancellationToken);
        var hasProblem = isAsked && period is null;
        return page.Render<TakingsPage>(new TakingsModel(
            board,
            hasProblem ? from ?? "" : board.Period.FirstDay,
            hasProblem ? to ?? "" : board.Period.LastDay,
            hasProblem));
    }

    /// <summary>The same period as a table, for a spreadsheet.</summary>
    public static IResult Download(
        string? from, string? to, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        Read(from, to) is { } period
            ? WriteTakings.Of(
                database, staff.MerchantId, staff.Mode, staff.TimeZone.Id, period, currency: null, cancellationToken)
            : TypedResults.StatusCode(StatusCodes.Status400BadRequest);

    private static TakingsPeriod? Read(string? from, string? to) =>
        TakingsPeriod.TryReadDay(from ?? "", out var first) && TakingsPeriod.TryReadDay(to ?? "", out var last)
        && new TakingsPeriod(first, last) is { Days: >= 1 and <= TakingsPeriod.DaysMax } period
            ? period
            : null;
}
