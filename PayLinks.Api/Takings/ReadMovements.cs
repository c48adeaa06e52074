using System.Runtime.CompilerServices;
using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Takings;

/// <summary>Money that moved.</summary>
/// <param name="Day">The merchant's.</param>
/// <param name="Kind">One of <see cref="Movements"/>.</param>
/// <param name="Id">Of the payment, refund or dispute.</param>
internal sealed record Movement(
    string Day, string Kind, DateTimeOffset At, Guid Id, Guid LinkId, string Currency, long AmountMinor,
    string? Reference, string Description)
{
    public Money Amount => new(AmountMinor, Core.Currency.Get(Currency));
}

/// <summary>Reads the very rows that <see cref="ReadTakings"/> adds up, oldest first.</summary>
internal static class ReadMovements
{
    private const int PageSize = 500;

    // Before any day that a period may begin with.
    private static readonly DateTimeOffset Beginning = new(1999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string PageSql =
        $"""
        select to_char((m.at at time zone @Zone)::date, 'YYYY-MM-DD') as day, m.kind, m.at, m.id, m.link_id, m.currency,
            m.amount_minor, l.reference, l.description
        from (
            select * from ({Movements.Sql}) movement
            where (at, id) > (@AfterAt, @AfterId) and (@Currency::text is null or currency = @Currency)
            order by at, id
            limit {PageSize}) m
        join link l on l.merchant_id = paylinks_merchant() and l.id = m.link_id
        order by m.at, m.id
        """;

    extension(NpgsqlDataSource database)
    {
        /// <summary>
        /// In pages, each in a transaction of its own, so that whoever reads slowly holds no connection.
        /// </summary>
        public async IAsyncEnumerable<Movement> MovementsAsync(
            Guid merchantId, string mode, string zone, TakingsPeriod period, Currency? currency,
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var (at, id) = (Beginning, Guid.Empty);
            List<Movement> page;
            do
            {
                await using (var transaction = await database.BeginAsync(merchantId, cancellationToken))
                {
                    page = (await transaction.Connection.QueryAsync<Movement>(new CommandDefinition(
                        PageSql,
                        new
                        {
                            Mode = mode,
                            Zone = zone,
                            period.FirstDay,
                            period.LastDay,
                            Currency = currency?.Code,
                            AfterAt = at,
                            AfterId = id,
                        },
                        cancellationToken: cancellationToken))).AsList();
                }

                foreach (var movement in page)
                {
                    yield return movement;
                    (at, id) = (movement.At, movement.Id);
                }
            }
            while (page.Count == PageSize);
        }
    }
}
