using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Core.Messages;

/// <summary>What stands in the way of a text, and for how long.</summary>
/// <param name="Code"><c>number_limit</c>, <c>prefix_limit</c> or <c>daily_limit</c>.</param>
public sealed record TextLimit(string Code, TimeSpan RetryAfter);

/// <summary>
/// Says why a text may not be queued now. Asked in the transaction that queues it, right before: a count of texts stays
/// true until that transaction has ended, because others who send to like numbers wait for it.
/// </summary>
public static class LimitTexts
{
    /// <summary>For <see cref="ParametersOf"/>; a row says why not.</summary>
    public const string WhyNotSql =
        """
        select code, wait as retry_after
        from why_not_text(@number, @TextsPerNumber, @TextsPerNumberAndDay, @TextsPerPrefixAndHour)
        """;

    private const string WhyNotManySql =
        """
        select n.number
        from unnest(@Numbers) as n (number)
        cross join lateral
            why_not_text(n.number, @TextsPerNumber, @TextsPerNumberAndDay, @TextsPerPrefixAndHour) why
        """;

    extension(MerchantTransaction transaction)
    {
        /// <param name="number">E.164.</param>
        /// <returns>Null if a text may go to it.</returns>
        public Task<TextLimit?> WhyNotTextAsync(string number, SendLimits limits) =>
            transaction.Connection.QuerySingleOrDefaultAsync<TextLimit>(WhyNotSql, ParametersOf(number, limits));

        /// <param name="numbers">
        /// E.164, none twice, in the order of their blocks of ten thousand, which are locked one by one. Where blocks
        /// are limited, each of another block.
        /// </param>
        /// <returns>Those of them that no text may go to.</returns>
        public async Task<IReadOnlySet<string>> WhyNotTextsAsync(IEnumerable<string> numbers, SendLimits limits) =>
            (await transaction.Connection.QueryAsync<string>(WhyNotManySql, new
            {
                Numbers = numbers.ToArray(),
                limits.TextsPerNumber,
                limits.TextsPerNumberAndDay,
                limits.TextsPerPrefixAndHour,
            })).ToHashSet(StringComparer.Ordinal);
    }

    public static object ParametersOf(string number, SendLimits limits) => new
    {
        number,
        limits.TextsPerNumber,
        limits.TextsPerNumberAndDay,
        limits.TextsPerPrefixAndHour,
    };
}
