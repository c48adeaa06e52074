using System.Text.RegularExpressions;
using CsCheck;
using PayLinks.Core;
using PayLinks.Core.Messages;
using PayLinks.Worker.Texts;

namespace PayLinks.Tests.Sending;

/// <summary>
/// A text message is one segment, says who, how much, what for and until when, and holds one address.
/// </summary>
public sealed partial class SmsTextTests
{
    // 60 characters, the longest that one segment is promised for.
    private const string Url = "https://pagamenti.ferramenta.it/p/p0123456789abcdefghjkmnpqr";

    [TestCase("it-IT", MessagePurpose.Link, ExpectedResult =
        "Ferramenta Rossi: paga 49,90 EUR per ordine 1042 entro ven 27/11 ore 18. " + Url + " Dubbi? 06 1234 5678")]
    [TestCase("en-GB", MessagePurpose.Link, ExpectedResult =
        "Ferramenta Rossi: pay EUR 49.90 for ordine 1042 by Fri 27 Nov 18:00. " + Url + " Questions? 06 1234 5678")]
    [TestCase("it-IT", MessagePurpose.Receipt, ExpectedResult =
        "Ferramenta Rossi: ricevuti 49,90 EUR per ordine 1042. Ricevuta: " + Url + " Grazie!")]
    [TestCase("de-DE", MessagePurpose.Receipt, ExpectedResult =
        "Ferramenta Rossi: we received EUR 49.90 for ordine 1042. Receipt: " + Url + " Thank you!")]
    public string The_words_are_these(string locale, MessagePurpose purpose) =>
        SmsText.Write(OutgoingMessages.About(purpose: purpose, locale: locale), Url);

    [Test]
    public void A_purpose_that_is_too_long_gives_way_to_the_reference() => Assert.That(
        SmsText.Write(OutgoingMessages.About(new string('x', 100)), Url),
        Does.StartWith("Ferramenta Rossi: paga 49,90 EUR (rif. 1042) entro ven 27/11"));

    [Test]
    public void Without_a_reference_it_is_cut_between_words() => Assert.That(
        SmsText.Write(
            OutgoingMessages.About("trapano a percussione con valigetta e quaranta punte", reference: null), Url),
        Does.Contain(" per trapano a percussione con valigetta... entro "));

    [Test]
    public void A_test_is_marked() => Assert.That(
        SmsText.Write(OutgoingMessages.About(mode: "test"), Url),
        Does.StartWith("TEST Ferramenta Rossi: "));

    [Test]
    public void Whatever_the_merchant_wrote_it_is_one_segment_with_one_address()
    {
        var texts = Gen.OneOf(
            Gen.String[Gen.Char["abc DEF.,:;àèéìòùÈçñ€£$\"'“”’–—…łŠ/0129\n\r\t\u00a0\u202f日мαΩ{}[]~^|\\"], 1, 100],
            Gen.String[1, 100],
            Gen.Const("www.evil.example/pay?x=1 http://evil.example https://a.bc"));
        string[] codes = ["EUR", "JPY", "BHD", "CHF"];
        var currencies = Gen.Int[0, codes.Length - 1].Select(i => codes[i]);
        Gen.Select(texts, texts, Gen.Long[1, Money.LinkMaxMinor], currencies, Gen.Int[0, 7])
            .Sample((name, description, amount, currency, kind) =>
            {
                var message = OutgoingMessages.About(
                    description,
                    (kind & 1) == 0 ? MessagePurpose.Link : MessagePurpose.Receipt,
                    (kind & 2) == 0 ? "it-IT" : "en-GB",
                    (kind & 4) == 0 ? "live" : "test",
                    reference: description.Length > 64 ? null : description) with
                {
                    MerchantName = name,
                    AmountMinor = amount,
                    Currency = currency,
                };

                var text = SmsText.Write(message, Url);

                var rest = text.Replace(Url, "", StringComparison.Ordinal);
                Assert.That(Gsm7.Length(text), Is.LessThanOrEqualTo(Gsm7.SegmentLength), text);
                Assert.That(rest, Has.Length.EqualTo(text.Length - Url.Length), text);
                Assert.That(rest, Does.Not.Contain("://").And.Not.Contain("\n").And.Not.Contain("\r"));
                var sum = Gsm7.Write(message.Amount.DisplayPlain(SmsWords.For(message.Locale).Culture));
                Assert.That(rest, Does.Contain(sum));
                Assert.That(Host().IsMatch(rest.Replace(sum, "", StringComparison.Ordinal)), Is.False, text);
            });
    }

    [TestCase("abc", ExpectedResult = 3)]
    [TestCase("àèéìòù", ExpectedResult = 6)]
    [TestCase("€", ExpectedResult = 2)]
    [TestCase("[a]{b}~^|\\", ExpectedResult = 18)]
    [TestCase("@£$¥\n", ExpectedResult = 5)]
    [TestCase("È", ExpectedResult = null)]
    [TestCase("á", ExpectedResult = null)]
    [TestCase("’", ExpectedResult = null)]
    [TestCase("\u202f", ExpectedResult = null)]
    public int? Room_is_counted_by_the_standard(string text) => Gsm7.Length(text);

    [TestCase("“L’altro” — così…", ExpectedResult = "\"L'altro\" - così...")]
    [TestCase("È già á í ó ú ç Łódź", ExpectedResult = "E già a i o u c Lodz")]
    [TestCase("a\r\nb\t c", ExpectedResult = "a b c")]
    [TestCase("1\u202f234\u00a0€", ExpectedResult = "1 234 €")]
    [TestCase("日本 Tokyo 🎉!", ExpectedResult = "Tokyo !")]
    public string What_the_alphabet_lacks_is_written_with_what_it_has(string text) => Gsm7.Write(text);

    // What phones make a link of.
    [GeneratedRegex(@"[\p{L}\p{N}-]\.\p{L}|\d\.\d+\.\d")]
    private static partial Regex Host();
}
