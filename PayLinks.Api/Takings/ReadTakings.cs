using Dapper;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Takings;

/// <summary>Adds up what came in and went back, by day and currency.</summary>
internal static class ReadTakings
{
    /// <summary>Whoever waits longer for a sum is better told that there is none.</summary>
    public const int SecondsMax = 10;

    private static readonly string SumSql =
        $"""
        select to_char(movement.day, 'YYYY-MM-DD') as day, currency,
            count(*) filter (where kind = '{Movements.Payment}') as payments,
            coalesce(sum(amount_minor) filter (where kind = '{Movements.Payment}'), 0)::bigint as gross_minor,
            coalesce(sum(amount_minor) filter (where kind = '{Movements.Refund}'), 0)::bigint as refunds_minor,
            coalesce(sum(case kind when '{Movements.Dispute}' then amount_minor
                when '{Movements.Reversal}' then -amount_minor end), 0)::bigint as disputes_minor
        from (
            select (at at time zone @Zone)::date as day, kind, currency, amount_minor
            from ({Movements.Sql}) moved
            where @Currency::text is null or currency = @Currency) movement
        group by movement.day, currency
        order by movement.day, currency
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>The days on which anything moved, oldest first.</summary>
        /// <param name="mode">The other mode's money is never among it.</param>
        /// <param name="zone">Where the merchant's days begin.</param>
        /// <param name="currency">Null for all.</param>
        public async Task<IReadOnlyList<DayTakings>> TakingsAsync(
            string mode, string zone, TakingsPeriod period, Currency? currency, CancellationToken cancellationToken)
        {
            var rows = await transaction.Connection.QueryAsync<Row>(new CommandDefinition(
                SumSql,
                new { Mode = mode, Zone = zone, period.FirstDay, period.LastDay, Currency = currency?.Code },
                commandTimeout: SecondsMax,
                cancellationToken: cancellationToken));
            return [.. rows.Select(row => row.ToDay())];
        }
    }

    private sealed record Row(
        string Day, string Currency, long Payments, long GrossMinor, long RefundsMinor, long DisputesMinor)
    {
        public DayTakings ToDay()
        {
            var currency = Core.Currency.Get(Currency);
            return new DayTakings(
                TakingsPeriod.TryReadDay(Day, out var day) ? day : throw new FormatException($"'{Day}' is no day."),
                new Sums(
                    Payments, new Money(GrossMinor, currency), new Money(RefundsMinor, currency),
                    new Money(DisputesMinor, currency)));
        }
    }
}
