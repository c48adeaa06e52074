using PayLinks.Core;

namespace PayLinks.Api.Takings;

/// <summary>A bar of the chart, and a line of the table that says the same.</summary>
public sealed record TakingsBar(TakingsPeriod Period, Sums Sums);

/// <summary>The takings of a period in one currency, cut into as many bars as one can tell apart.</summary>
internal static class TakingsBars
{
    // Longer periods are cut by months.
    private const int DailyMax = 62;

    /// <summary>All of the period, oldest first, also where nothing moved.</summary>
    public static IReadOnlyList<TakingsBar> Of(
        IEnumerable<DayTakings> days, TakingsPeriod period, Currency currency)
    {
        var moved = days.Where(day => day.Sums.Currency == currency).ToList();
        return
        [
            .. Cut(period).Select(part => new TakingsBar(
                part, Sums.Of(moved.Where(day => part.Contains(day.Day)), currency)[0])),
        ];
    }

    private static IEnumerable<TakingsPeriod> Cut(TakingsPeriod period)
    {
        for (var from = period.From; from <= period.To;)
        {
            var end = period.Days <= DailyMax
                ? from
                : new DateOnly(from.Year, from.Month, DateTime.DaysInMonth(from.Year, from.Month));
            var part = new TakingsPeriod(from, end < period.To ? end : period.To);
            yield return part;
            from = part.To.AddDays(1);
        }
    }
}
