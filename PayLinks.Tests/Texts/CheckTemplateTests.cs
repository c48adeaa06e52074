using PayLinks.Api.Links;
using PayLinks.Api.Texts;
using PayLinks.Core;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;

namespace PayLinks.Tests.Texts;

/// <summary>What a merchant may not write into a message.</summary>
public sealed class CheckTemplateTests
{
    private static readonly MessageFacts Longest = new(
        TextKind.Link, "it", IsTest: true, new string('x', 100), "+390612345678",
        new Money(99_999_999, Currency.Get("EUR")), new string('x', 255), new string('x', 64), new string('x', 100),
        new DateTime(2026, 12, 30, 23, 59, 0), "https://pay.example.test/p/p0123456789abcdefghjkmnpqr");

    private static readonly (string Text, string Code)[] NoTexts =
    [
        ("", FieldCodes.Required),
        ("   ", FieldCodes.Required),
        ("{url} {importo}", TemplateCodes.UnknownPlaceholder),
        ("{url} {stop}", TemplateCodes.UnknownPlaceholder),
        ("Paga {amount}", TemplateCodes.UrlMissing),
        ("Paga {amount}[ {url}]", TemplateCodes.UrlMissing),
        ("Paga {amount}[ {url}|{phone}]", TemplateCodes.UrlMissing),
        ("Paga {url", TemplateCodes.Brackets),
        ("Paga url}", TemplateCodes.Brackets),
        ("Paga {url} [per", TemplateCodes.Brackets),
        ("Paga {url} per]", TemplateCodes.Brackets),
        ("Paga {url} [per [{purpose}]]", TemplateCodes.Brackets),
        ("Paga {url} {}", TemplateCodes.Brackets),
        ("Paga {url} {Amount}", TemplateCodes.Brackets),
        ("Paga {url}.", TemplateCodes.UrlNotAlone),
        ("Paga ({url})", TemplateCodes.UrlNotAlone),
        ("Paga {url}[/{reference}]", TemplateCodes.UrlNotAlone),
        ("Paga x{url}", TemplateCodes.UrlNotAlone),
        ("{url} o https://evil.example/pay", TemplateCodes.SecondAddress),
        ("{url} o http://1.2.3.4", TemplateCodes.SecondAddress),
        ("{url} o www.evil.example", TemplateCodes.SecondAddress),
        ("{url} o evil.example/pay", TemplateCodes.SecondAddress),
        ("{url} o 10.20.30.40", TemplateCodes.SecondAddress),
        ("{url} {merchant}.com", TemplateCodes.SecondAddress),
        ("{url} evil.[com]", TemplateCodes.SecondAddress),
        ("{url} evil[ {phone}].com", TemplateCodes.SecondAddress),
        ("{url}\r\nciao", FieldCodes.ControlCharacters),
        ("{url}\nciao", FieldCodes.ControlCharacters),
        ("{url}\u2028ciao", FieldCodes.ControlCharacters),
        ("{url}\0", FieldCodes.ControlCharacters),
        ("{url}\u0001", FieldCodes.ControlCharacters),
        ("{url} \u202eoaic", FieldCodes.InvisibleCharacters),
        ("{url} ci\u200bao", FieldCodes.InvisibleCharacters),
        ("{url} \ud800", FieldCodes.InvalidUnicode),
        ("{url} 4543 4740 0224 9996", FieldCodes.CardDataNotAllowed),
        ("{url} " + new string('a', 1000), FieldCodes.TooLong),
        ("{url} " + new string('a', 940), TemplateCodes.TooManySegments),
        ("{url} " + new string('日', 420), TemplateCodes.TooManySegments),
        ("{url} {name} {name} {name} {name} {name} {name} {name} {name} {name}", TemplateCodes.TooManySegments),
    ];

    private static readonly string[] GoodTexts =
    [
        "{url}",
        "{merchant}: {amount} {url}",
        "Ciao {name}, paga {amount}[ per {purpose}| (rif. {reference})] entro {expires}: {url} Domande? {phone}",
        "Rossi S.r.l. ore 18.30, via Roma 1: {url}",
        "“Così” – € 5… {url} grazie! [a|b] 🔧",
        "{url} oppure chiama il 06 1234 5678",
    ];

    private static readonly (string? Subject, string Body, string Pointer, string Code)[] NoEmails =
    [
        ("", "Ciao", "/subject", FieldCodes.Required),
        (null, "Ciao", "/subject", FieldCodes.Required),
        ("Ciao", "", "/body", FieldCodes.Required),
        ("Paga\r\nBcc: all@evil.example", "Ciao", "/subject", FieldCodes.ControlCharacters),
        ("Paga\nBcc: x", "Ciao", "/subject", FieldCodes.ControlCharacters),
        ("Paga\u2029Bcc: x", "Ciao", "/subject", FieldCodes.ControlCharacters),
        ("Paga {url}", "Ciao", "/subject", TemplateCodes.UnknownPlaceholder),
        ("Paga", "Ciao {url}", "/body", TemplateCodes.UnknownPlaceholder),
        ("Paga", "Ciao https://evil.example", "/body", TemplateCodes.SecondAddress),
        ("Paga su evil.example", "Ciao", "/subject", TemplateCodes.SecondAddress),
        ("Paga {amount", "Ciao", "/subject", TemplateCodes.Brackets),
        (new string('a', 201), "Ciao", "/subject", FieldCodes.TooLong),
        ("Ciao", "4543 4740 0224 9996", "/body", FieldCodes.CardDataNotAllowed),
    ];

    [TestCaseSource(nameof(NoTexts))]
    public void A_text_message_that_would_mislead_or_cost_is_refused((string Text, string Code) refused) => Assert.That(
        CheckTemplate.Read(new TextChoice(MessageChannel.Sms, TextKind.Link, "it"), null, refused.Text, Longest)
            .Select(error => (error.Pointer, error.Code)),
        Is.EqualTo(new[] { ("/body", refused.Code) }));

    [TestCaseSource(nameof(GoodTexts))]
    public void What_is_fine_passes_and_is_sent_as_it_is(string text)
    {
        Assert.That(
            CheckTemplate.Read(new TextChoice(MessageChannel.Sms, TextKind.Link, "it"), null, text, Longest), Is.Empty);
        Assert.That(SmsText.Write(Longest, text).IsOwn, Is.True);
    }

    [TestCaseSource(nameof(NoEmails))]
    public void An_email_that_would_mislead_is_refused(
        (string? Subject, string Body, string Pointer, string Code) refused) => Assert.That(
        CheckTemplate.Read(
                new TextChoice(MessageChannel.Email, TextKind.Link, "it"), refused.Subject, refused.Body, Longest)
            .Select(error => (error.Pointer, error.Code)),
        Is.EqualTo(new[] { (refused.Pointer, refused.Code) }));

    [Test]
    public void What_tells_of_money_needs_no_address_and_knows_no_expiry()
    {
        Assert.That(Read(TextKind.Receipt, "Ricevuti {amount}, grazie!"), Is.Empty);
        Assert.That(Read(TextKind.Canceled, "Niente da pagare."), Is.Empty);
        Assert.That(Read(TextKind.Refund, "Scade {expires}"), Is.EqualTo(new[] { TemplateCodes.UnknownPlaceholder }));

        static IEnumerable<string> Read(TextKind kind, string text) =>
            CheckTemplate.Read(
                new TextChoice(MessageChannel.Sms, kind, "it"), null, text, Longest with { Kind = kind })
            .Select(error => error.Code);
    }

    [Test]
    public void Every_refusal_has_words_of_its_own_in_both_languages()
    {
        foreach (var (words, others) in new[]
        {
            (TextsWords.Italian, LinkErrorWords.In("it")), (TextsWords.English, LinkErrorWords.In("en")),
        })
        {
            Assert.That(
                TemplateCodes.All.Select(code => words.Of(new FieldError("/body", code, "{x}"), others)),
                Is.Unique.And.None.Empty);
        }
    }
}
