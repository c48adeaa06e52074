using System.Globalization;
using PayLinks.Api.Links;
using PayLinks.Api.V1;
using PayLinks.Core;

namespace PayLinks.Api.Takings;

/// <summary>Which takings a program asks for: by default those of the last thirty days, in all currencies.</summary>
/// <param name="From">Null: so that the period has the usual length.</param>
/// <param name="To">Null: today.</param>
internal sealed record TakingsQuery(DateOnly? From, DateOnly? To, Currency? Currency)
{
    /// <param name="query">Gets what is wrong; whatever is read then counts for nothing.</param>
    public static TakingsQuery Read(QueryReader query)
    {
        if (query.Text("by") is not (null or "day"))
        {
            query.Errors.Add(new FieldError("/by", FieldCodes.ValueUnknown));
        }

        Currency? currency = null;
        if (query.Text("currency") is { } code)
        {
            currency = Core.Currency.TryGet(code, out var known) ? known : null;
            if (currency is null)
            {
                query.Errors.Add(new FieldError("/currency", FieldCodes.CurrencyUnknown));
            }
        }

        var asked = new TakingsQuery(query.Day("from"), query.Day("to"), currency);
        if (asked.From > asked.To)
        {
            query.Errors.Add(new FieldError("/to", FieldCodes.DatesReversed));
        }

        return asked;
    }

    /// <param name="query">Gets what is wrong now that the end of the period is known.</param>
    public TakingsPeriod Period(DateOnly today, QueryReader query)
    {
        var to = To ?? (From > today ? From.Value : today);
        var period = From is { } from ? new TakingsPeriod(from, to) : TakingsPeriod.Until(to);
        if (period.Days > TakingsPeriod.DaysMax)
        {
            query.Errors.Add(new FieldError(
                "/from", FieldCodes.PeriodTooLong, TakingsPeriod.DaysMax.ToString(CultureInfo.InvariantCulture)));
        }

        return period;
    }
}
