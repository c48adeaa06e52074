using PayLinks.Core.Wire;

namespace PayLinks.Api.Takings;

/// <summary>What came in and went back in a period.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, inclusive.</param>
/// <param name="TimeZone">Where days begin and end: the merchant's.</param>
/// <param name="Totals">By currency; the merchant's own is always there.</param>
/// <param name="Days">By day and currency, oldest first; days on which nothing moved are left out.</param>
public sealed record TakingsAnswer(
    DateOnly From, DateOnly To, string TimeZone, string Mode, IReadOnlyList<TakingsTotalAnswer> Totals,
    IReadOnlyList<TakingsDayAnswer> Days);

/// <summary>The sums of the period in one currency.</summary>
/// <param name="Payments">How many links were paid.</param>
/// <param name="Fees">Null: not known.</param>
/// <param name="Disputes">What banks took back, less what they returned; may be below zero.</param>
/// <param name="Net">Gross less refunds and disputes, before fees that are not known.</param>
public sealed record TakingsTotalAnswer(
    string Currency, long Payments, AmountAnswer Gross, AmountAnswer? Fees, AmountAnswer Refunds,
    AmountAnswer Disputes, AmountAnswer Net)
{
    internal static TakingsTotalAnswer From(Sums sums) => new(
        sums.Currency.Code, sums.Payments, AmountAnswer.From(sums.Gross), Fees: null, AmountAnswer.From(sums.Refunds),
        AmountAnswer.From(sums.Disputes), AmountAnswer.From(sums.Net));
}

/// <summary>The sums of one day in one currency.</summary>
/// <param name="Payments">How many links were paid.</param>
/// <param name="Fees">Null: not known.</param>
/// <param name="Disputes">What banks took back, less what they returned; may be below zero.</param>
/// <param name="Net">Gross less refunds and disputes, before fees that are not known.</param>
public sealed record TakingsDayAnswer(
    DateOnly Day, string Currency, long Payments, AmountAnswer Gross, AmountAnswer? Fees, AmountAnswer Refunds,
    AmountAnswer Disputes, AmountAnswer Net)
{
    internal static TakingsDayAnswer From(DayTakings day)
    {
        var sums = TakingsTotalAnswer.From(day.Sums);
        return new TakingsDayAnswer(
            day.Day, sums.Currency, sums.Payments, sums.Gross, sums.Fees, sums.Refunds, sums.Disputes, sums.Net);
    }
}
