using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Settings;

/// <summary>How a merchant's messages are sent.</summary>
/// <param name="FromName">Whom emails come from; null for the merchant's name.</param>
/// <param name="ReplyTo">Where answers to emails go; null for the merchant's own address.</param>
/// <param name="Countries">Where texts may go; none means the merchant's own country.</param>
/// <param name="FallbackDesk">
/// After how many minutes undelivered what the desk sent goes out on the other channel; null: never.
/// </param>
/// <param name="FallbackOther">The same for everything else.</param>
/// <param name="SmsPerSecond">Segments that the sender carries; null for what its kind carries.</param>
public sealed record SendingSettings(
    string SmsSender, string? FromName, string? ReplyTo, IReadOnlyList<string> Countries, int? FallbackDesk,
    int? FallbackOther, int SmsPerDay, int? SmsPerSecond);

/// <summary>What of the settings is not typed.</summary>
/// <param name="UsedToday">Segments.</param>
/// <param name="AlertedAt">When the merchant was told today that most of them are used.</param>
public sealed record SendingFacts(
    string EmailFrom, string Email, string Country, string Language, int UsedToday, int SmsPerDay,
    DateTimeOffset? AlertedAt);

internal static class ReadSending
{
    private const string ReadSql =
        """
        select sms_sender, email_from_name as from_name, email_reply_to as reply_to,
            array_to_string(allowed_countries, ',') as countries,
            ceil(extract(epoch from fallback_desk) / 60)::int as fallback_desk,
            ceil(extract(epoch from fallback_other) / 60)::int as fallback_other,
            sms_segments_per_day as sms_per_day, sms_per_second::int
        from merchant where id = paylinks_merchant()
        """;

    private const string FactsSql =
        """
        select m.email_from, m.email, m.country, m.language, coalesce(d.segments, 0) as used_today,
            m.sms_segments_per_day as sms_per_day, d.alerted_at
        from merchant m
        left join sms_day d on d.merchant_id = m.id and d.day = (paylinks_now() at time zone m.time_zone)::date
        where m.id = paylinks_merchant()
        """;

    private const string SaveSql =
        """
        update merchant
        set sms_sender = @SmsSender, email_from_name = @FromName, email_reply_to = @ReplyTo,
            allowed_countries = @Countries,
            fallback_desk = make_interval(mins => @FallbackDesk),
            fallback_other = make_interval(mins => @FallbackOther),
            sms_segments_per_day = @SmsPerDay, sms_per_second = @SmsPerSecond
        where id = paylinks_merchant()
        """;

    extension(MerchantTransaction transaction)
    {
        public async Task<SendingSettings> SendingSettingsAsync()
        {
            var row = await transaction.Connection.QuerySingleAsync<Row>(ReadSql);
            return new SendingSettings(
                row.SmsSender, row.FromName, row.ReplyTo,
                row.Countries.Split(',', StringSplitOptions.RemoveEmptyEntries), row.FallbackDesk, row.FallbackOther,
                row.SmsPerDay, row.SmsPerSecond);
        }

        public Task<SendingFacts> SendingFactsAsync() =>
            transaction.Connection.QuerySingleAsync<SendingFacts>(FactsSql);

        public Task SaveAsync(SendingSettings settings) => transaction.Connection.ExecuteAsync(SaveSql, new
        {
            settings.SmsSender,
            settings.FromName,
            settings.ReplyTo,
            Countries = settings.Countries.ToArray(),
            settings.FallbackDesk,
            settings.FallbackOther,
            settings.SmsPerDay,
            settings.SmsPerSecond,
        });
    }

    private sealed record Row(
        string SmsSender, string? FromName, string? ReplyTo, string Countries, int? FallbackDesk, int? FallbackOther,
        int SmsPerDay, int? SmsPerSecond);
}
