using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>What is known of a number before anything is sent to it.</summary>
/// <param name="IsAllowed">This merchant may send texts to numbers of its kind and country.</param>
/// <param name="OptedOut">Its owner does not want texts from this merchant.</param>
public sealed record CheckedNumber(ReadNumber Number, bool IsAllowed, bool OptedOut)
{
    public string Grouped => PhoneText.Grouped(Number.E164);
}

/// <summary>Looks a number up, so that a mistake is seen before a text costs money. Changes nothing.</summary>
public sealed class CheckNumber
{
    private const string OptedOutSql =
        """
        select exists (
            select from opt_out
            where merchant_id = paylinks_merchant() and channel = 'sms' and recipient = @E164 and opted_in_at is null)
        """;

    /// <param name="country">Where a number without a country code belongs; by default the merchant's.</param>
    /// <returns>Null for anything that is no number.</returns>
    public async Task<CheckedNumber?> ExecuteAsync(MerchantTransaction transaction, string typed, string? country)
    {
        var merchant = await MerchantFacts.ReadAsync(transaction);
        return ReadNumber.Of(typed, country ?? merchant.Country) is { } number
            ? new CheckedNumber(
                number, !number.IsBarred && merchant.AllowedCountries.Contains(number.Country),
                await transaction.Connection.ExecuteScalarAsync<bool>(OptedOutSql, new { number.E164 }))
            : null;
    }
}
