using Dapper;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Texts;

/// <summary>A text message as the customer will read it.</summary>
/// <param name="Sms">Null when none is sent, or the form does not say enough yet.</param>
/// <param name="Language">What it is written in.</param>
/// <param name="LeftOut">Characters that were typed and that text messages have nothing for.</param>
public sealed record SmsPreview(WrittenSms? Sms, string Language, IReadOnlyList<string> LeftOut)
{
    /// <summary>Sent by our scripts, which want the preview alone instead of the page around it.</summary>
    public const string Header = "X-Only-Preview";

    public static SmsPreview None { get; } = new(null, "", []);

    public static bool IsAllThatIsAskedFor(HttpRequest request) => request.Headers.ContainsKey(Header);

    public static SmsPreview Of(MessageFacts facts, string? ownWords) => new(
        SmsText.Write(facts, ownWords),
        TextWords.For(facts.Locale).Language,
        [.. (facts.Purpose + facts.Reference + facts.CustomerName).EnumerateRunes()
            .Where(rune => !System.Text.Rune.IsWhiteSpace(rune) && Gsm7.Write(rune.ToString()).Length == 0)
            .Select(rune => rune.ToString()).Distinct(StringComparer.Ordinal)]);
}

/// <summary>
/// Writes the text message that a form would send, by the code that sends it. Half a form is read as far as it goes.
/// </summary>
internal sealed class PreviewSms(LinkLimits limits, PayLinksOptions options)
{
    private const string ReadSql =
        """
        select b.phone, t.body
        from merchant b
        left join text_template t on t.merchant_id = b.id and t.channel = 'sms' and t.purpose = @Kind
            and t.language = @Language
        where b.id = paylinks_merchant()
        """;

    /// <summary>An address as long as those of links, which leads nowhere.</summary>
    public string SampleUrl => options.LinkUrl(LinkToken.Sample(options.RoutingPrefix));

    /// <param name="onCall">The customer is on the phone meanwhile.</param>
    public async Task<SmsPreview> OfAsync(
        MerchantTransaction transaction, Staff staff, MerchantFacts merchant, LinkDraft draft, bool onCall)
    {
        var errors = new List<FieldError>();
        var amount = CheckAmount.Read(draft.AmountValue, draft.Currency, limits, errors);
        if (errors.Count > 0 || !draft.Send.Contains(MessageChannel.Sms.ToText()))
        {
            return SmsPreview.None;
        }

        var kind = onCall ? TextKind.Desk : TextKind.Link;
        var locale = Locales.Read("", draft.Locale, merchant, errors);
        var expiresAt = CheckExpiry.Read(draft.ExpiresIn, draft.ExpiresAt, merchant, limits, errors);
        var (phone, ownWords) = await transaction.Connection.QuerySingleAsync<(string?, string?)>(
            ReadSql, new { Kind = kind.ToText(), TextWords.For(locale).Language });
        return SmsPreview.Of(
            new MessageFacts(
                kind, locale, staff.Mode == "test", staff.MerchantName, phone, amount, draft.Description ?? "",
                draft.Reference, draft.CustomerName, TimeZoneInfo.ConvertTime(expiresAt, staff.TimeZone).DateTime,
                SampleUrl),
            ownWords);
    }
}
