using PayLinks.Core;

namespace PayLinks.Api.Takings;

/// <summary>What came in and went back, in one currency.</summary>
/// <param name="Payments">How many made up the gross.</param>
/// <param name="Disputes">
/// What customers' banks took back, less what they returned: below zero when they returned more.
/// </param>
public sealed record Sums(long Payments, Money Gross, Money Refunds, Money Disputes)
{
    public Currency Currency => Gross.Currency;

    /// <summary>Before Mollie's fees, which a payment does not tell.</summary>
    public Money Net =>
        new(Gross.MinorUnits - Refunds.MinorUnits - Disputes.MinorUnits, Currency);

    public static Sums None(Currency currency)
    {
        var nothing = new Money(0, currency);
        return new Sums(0, nothing, nothing, nothing);
    }

    /// <summary>By currency, this one first and always there.</summary>
    public static IReadOnlyList<Sums> Of(IEnumerable<DayTakings> days, Currency first) =>
    [
        .. days.Select(day => day.Sums).Prepend(None(first))
            .GroupBy(sums => sums.Currency)
            .OrderBy(group => group.Key == first ? "" : group.Key.Code, StringComparer.Ordinal)
            .Select(group => group.Aggregate((sum, sums) => sum.And(sums))),
    ];

    private Sums And(Sums other) => new(
        Payments + other.Payments, Add(Gross, other.Gross), Add(Refunds, other.Refunds),
        Add(Disputes, other.Disputes));

    private static Money Add(Money one, Money other) => new(one.MinorUnits + other.MinorUnits, one.Currency);
}

/// <summary>The takings of one day, in one currency.</summary>
public sealed record DayTakings(DateOnly Day, Sums Sums);
