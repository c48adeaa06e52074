using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Links;

/// <summary>What must be known of the merchant to read a draft.</summary>
/// <param name="Now">The database's clock, which decides expiry.</param>
public sealed record MerchantFacts(
    string Country, string Language, string Currency, TimeSpan LinkLifetime, DateTimeOffset Now)
{
    private const string ReadSql =
        """
        select country, language, currency, link_lifetime, paylinks_now() as now
        from merchant where id = paylinks_merchant()
        """;

    public static Task<MerchantFacts> ReadAsync(MerchantTransaction transaction) =>
        transaction.Connection.QuerySingleAsync<MerchantFacts>(ReadSql);
}
