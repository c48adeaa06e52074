using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>What must be known of the merchant to read a draft.</summary>
/// <param name="RemindBefore">How long before its expiry a link is reminded of, in seconds with commas between.</param>
/// <param name="TextsTo">Countries that texts may go to, with commas between; none means the merchant's own.</param>
/// <param name="DeskCode">Whether the desk's form proposes a code.</param>
/// <param name="Phone">Whom customers may call.</param>
/// <param name="OwnTexts">
/// The merchant's own words for text messages that carry a link, by <c>kind/language</c>, as JSON.
/// </param>
/// <param name="Now">The database's clock, which decides expiry.</param>
public sealed record MerchantFacts(
    string Country, string Language, string Currency, TimeSpan LinkLifetime, string TimeZone, string RemindBefore,
    string TextsTo, bool DeskCode, string Name, string? Phone, string OwnTexts, DateTimeOffset Now)
{
    public const string ReadSql =
        $$"""
        select country, language, currency, link_lifetime, time_zone, {{ReminderSchedule.Column}},
            array_to_string(allowed_countries, ',') as texts_to, desk_code, name, phone,
            coalesce((
                select jsonb_object_agg(purpose || '/' || language, body) from text_template
                where merchant_id = paylinks_merchant() and channel = 'sms' and purpose in ('link', 'desk')
            ), '{}')::text as own_texts,
            paylinks_now() as now
        from merchant where id = paylinks_merchant()
        """;

    public IReadOnlyList<string?> AllowedCountries => TextsTo.Length == 0 ? [Country] : TextsTo.Split(',');

    /// <summary>The day that it is at the merchant's.</summary>
    public DateOnly Today => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(Now, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>When the customer of a link that is made or extended now is reminded first.</summary>
    public DateTimeOffset? RemindAt(DateTimeOffset expiresAt, string? phone, string locale) =>
        ReminderSchedule.Next(
            ReminderSchedule.Read(RemindBefore), Now, expiresAt, CustomerClock.Of(phone, locale, TimeZone));

    public static Task<MerchantFacts> ReadAsync(MerchantTransaction transaction) =>
        transaction.Connection.QuerySingleAsync<MerchantFacts>(ReadSql);
}
