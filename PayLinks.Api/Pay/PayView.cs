using System.Globalization;
using Microsoft.Net.Http.Headers;
using PayLinks.Api.Links;

namespace PayLinks.Api.Pay;

/// <summary>
/// What every page for customers needs: the words, how amounts and times are written, and the link if there is one.
/// </summary>
/// <param name="Culture">Writes amounts and dates: the link's own where it is of the page's language.</param>
/// <param name="Query"><c>?lang=…</c> if the customer has chosen a language, else empty; appended to our own
/// addresses.</param>
/// <param name="Here">The path of the page itself.</param>
public sealed record PayView(PayLink? FoundLink, PayWords Words, CultureInfo Culture, string Query, string Here)
{
    /// <summary>What the customer has just said, in the address, so that reloading says nothing again.</summary>
    public const string SaidParameter = "said";

    private const string LanguageParameter = "lang";

    /// <summary>The link; only for pages that are about one.</summary>
    public PayLink Link => FoundLink ?? throw new InvalidOperationException("This page is about no link.");

    public string Amount => Link.Amount.Display(Culture);

    /// <summary>The merchant's number in groups, as it is read aloud; only where there is one.</summary>
    public string Phone => PhoneText.Grouped(Link.Payee.Phone ?? "");

    /// <summary>The address of this page in another language.</summary>
    public string UrlIn(PayWords other) => $"{Here}?{LanguageParameter}={other.Language}";

    /// <summary>An address of this link: <c>""</c> for its page, <c>"/result"</c> and so on.</summary>
    public string Url(string below) => Link.Path + below + Query;

    /// <summary>The address of a page that says once more what has just been said or done.</summary>
    public string Said(string path, string what) =>
        $"{path}{(Query.Length == 0 ? "?" : Query + "&")}{SaidParameter}={what}";

    /// <summary>When the link stops taking payments, on the merchant's clock.</summary>
    public string Expiry => OnMerchantsClock(Link.ExpiresAt, Words.SoonFormat);

    public string PaidAt => OnMerchantsClock(Link.PaidAt ?? default, Words.DateFormat);

    /// <summary>With the zone, because a receipt is kept and read elsewhere.</summary>
    public string PaidAtInZone
    {
        get
        {
            var offset = OnMerchantsClock(Link.PaidAt ?? default).Offset;
            var hours = offset.ToString(
                offset < TimeSpan.Zero ? @"\-hh\:mm" : @"\+hh\:mm", CultureInfo.InvariantCulture);
            return $"{PaidAt} (UTC{hours})";
        }
    }

    /// <summary>
    /// The language the customer has chosen here, else the link's, else the browser's. Nothing is remembered: the
    /// choice travels in the address.
    /// </summary>
    public static PayView For(HttpContext context, PayLink? link)
    {
        var chosen = context.Request.Query[LanguageParameter].ToString();
        var words = PayWords.Find(chosen) ?? WordsOf(link?.Locale) ?? WordsOf(context.Request) ?? PayWords.English;
        var query = PayWords.Find(chosen) is null ? "" : $"?{LanguageParameter}={chosen}";
        var locale = link is not null && WordsOf(link.Locale) == words ? link.Locale : words.Culture;
        // A page that answers a form is found again at the link's own address.
        var here = link is not null && HttpMethods.IsPost(context.Request.Method)
            ? link.Path
            : context.Request.Path.Value;
        return new PayView(link, words, CultureOf(locale, words.Culture), query, here ?? "/");

        static PayWords? WordsOf(object? source) => source switch
        {
            string locale => PayWords.Find(locale.Split('-', '_')[0].ToLowerInvariant()),
            HttpRequest request => request.GetTypedHeaders().AcceptLanguage
                .Where(accepted => accepted.Quality is not 0)
                .OrderByDescending(accepted => accepted, StringWithQualityHeaderValueComparer.QualityComparer)
                .Select(accepted => WordsOf(accepted.Value.Value))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };
    }

    private static CultureInfo CultureOf(string locale, string otherwise)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale.Replace('_', '-'), predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo(otherwise);
        }
    }

    private string OnMerchantsClock(DateTimeOffset instant, string format) =>
        OnMerchantsClock(instant).ToString(format, Culture);

    private DateTimeOffset OnMerchantsClock(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(
        instant,
        TimeZoneInfo.TryFindSystemTimeZoneById(Link.Payee.TimeZone, out var known) ? known : TimeZoneInfo.Utc);
}
