using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Batches;

/// <summary>Writes the texts of a merchant's links as the worker will, to know what they cost.</summary>
internal sealed class BatchTexts
{
    private const string ReadSql =
        """
        select b.name, b.phone, b.time_zone, t.language, t.body
        from merchant b
        left join text_template t on t.merchant_id = b.id and t.channel = 'sms' and t.purpose = 'link'
        where b.id = paylinks_merchant()
        """;

    private readonly Row _sender;
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<string, string?> _ownWords;
    private readonly bool _isTest;
    private readonly string _url;

    private BatchTexts(IReadOnlyList<Row> rows, bool isTest, string url)
    {
        _sender = rows[0];
        _zone = TimeZoneInfo.FindSystemTimeZoneById(_sender.TimeZone);
        _ownWords = rows.Where(row => row.Language is not null)
            .ToDictionary(row => row.Language!, row => row.Body, StringComparer.Ordinal);
        _isTest = isTest;
        _url = url;
    }

    public static async Task<BatchTexts> ReadAsync(
        MerchantTransaction transaction, string mode, PayLinksOptions options) => new(
        (await transaction.Connection.QueryAsync<Row>(ReadSql)).AsList(), mode == "test",
        options.LinkUrl(LinkToken.Sample(options.RoutingPrefix)));

    public int Segments(NewLink link) => SmsText.Write(
        new MessageFacts(
            TextKind.Link, link.Locale, _isTest, _sender.Name, _sender.Phone, link.Amount, link.Description,
            link.Reference, link.CustomerName, TimeZoneInfo.ConvertTime(link.ExpiresAt, _zone).DateTime, _url),
        _ownWords.GetValueOrDefault(TextWords.For(link.Locale).Language)).Size.Segments;

    private sealed record Row(string Name, string? Phone, string TimeZone, string? Language, string? Body);
}
