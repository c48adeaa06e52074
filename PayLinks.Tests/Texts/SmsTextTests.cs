using System.Text.RegularExpressions;
using CsCheck;
using PayLinks.Core;
using PayLinks.Core.Texts;

namespace PayLinks.Tests.Texts;

/// <summary>
/// A text message is one segment, says who, how much, what for and until when, and holds one address.
/// </summary>
public sealed partial class SmsTextTests
{
    // 60 characters, the longest that one segment is promised for.
    private const string Url = "https://pagamenti.ferramenta.it/p/p0123456789abcdefghjkmnpqr";

    private static readonly MessageFacts Usual = new(
        TextKind.Link, "it-IT", IsTest: false, "Ferramenta Rossi", "06 1234 5678",
        new Money(4990, Currency.Get("EUR")), "ordine 1042", "1042", "Anna", new DateTime(2026, 11, 27, 18, 0, 0), Url);

    [TestCase("it-IT", TextKind.Link, ExpectedResult =
        "Ferramenta Rossi: paga 49,90 EUR per ordine 1042 entro ven 27/11 ore 18. " + Url + " Dubbi? 06 1234 5678")]
    [TestCase("en-GB", TextKind.Link, ExpectedResult =
        "Ferramenta Rossi: pay EUR 49.90 for ordine 1042 by Fri 27 Nov 18:00. " + Url + " Questions? 06 1234 5678")]
    [TestCase("de-AT", TextKind.Link, ExpectedResult =
        "Ferramenta Rossi: Bitte 49,90 EUR für ordine 1042 bis Fr 27.11. 18:00 Uhr zahlen. " + Url)]
    [TestCase("fr-BE", TextKind.Link, ExpectedResult =
        "Ferramenta Rossi : 49,90 EUR pour ordine 1042 à payer avant le ven. 27/11 à 18h00. " + Url)]
    [TestCase("es-ES", TextKind.Link, ExpectedResult =
        "Ferramenta Rossi: pague 49,90 EUR por ordine 1042 antes del vie 27/11 18:00h. " + Url
        + " ¿Dudas? 06 1234 5678")]
    [TestCase("it-IT", TextKind.Desk, ExpectedResult =
        "Ferramenta Rossi: il link di cui parliamo, 49,90 EUR, ordine 1042. Scade ven 27/11 ore 18. " + Url)]
    [TestCase("it-IT", TextKind.Receipt, ExpectedResult =
        "Ferramenta Rossi: ricevuti 49,90 EUR per ordine 1042. Ricevuta: " + Url + " Grazie!")]
    [TestCase("de-DE", TextKind.Receipt, ExpectedResult =
        "Ferramenta Rossi: 49,90 EUR für ordine 1042 erhalten. Beleg: " + Url + " Danke!")]
    [TestCase("nl-NL", TextKind.Canceled, ExpectedResult =
        "Ferramenta Rossi: the request for EUR 49.90 for ordine 1042 is cancelled. There is nothing to pay."
        + " Questions? 06 1234 5678")]
    public string The_words_are_these(string locale, TextKind kind) =>
        SmsText.Write(Usual with { Locale = locale, Kind = kind }, ownWords: null).Text;

    [Test]
    public void A_purpose_that_is_too_long_gives_way_to_the_reference()
    {
        var written = SmsText.Write(Usual with { Purpose = new string('x', 100) }, ownWords: null);

        Assert.That(written.Text, Is.EqualTo(
            "Ferramenta Rossi: paga 49,90 EUR (rif. 1042) entro ven 27/11 ore 18. " + Url + " Dubbi? 06 1234 5678"));
        Assert.That(written.Cut, Is.EqualTo(new[] { "purpose" }));
    }

    [Test]
    public void Without_a_reference_it_is_cut_between_words()
    {
        var written = SmsText.Write(
            Usual with { Purpose = "trapano a percussione con valigetta e quaranta punte", Reference = null },
            ownWords: null);

        Assert.That(written.Text, Does.Contain(" per trapano a percussione con valigetta... entro "));
        Assert.That(written.Cut, Is.EquivalentTo(new[] { "purpose", "phone" }));
    }

    [Test]
    public void What_is_not_known_leaves_no_gap() => Assert.That(
        SmsText.Write(Usual with { Phone = null, Reference = null, Purpose = "日本" }, ownWords: null).Text,
        Is.EqualTo("Ferramenta Rossi: paga 49,90 EUR entro ven 27/11 ore 18. " + Url));

    [Test]
    public void A_test_is_marked() => Assert.That(
        SmsText.Write(Usual with { IsTest = true }, ownWords: null).Text, Does.StartWith("TEST Ferramenta Rossi: "));

    [Test]
    public void Whatever_the_merchant_wrote_it_is_one_segment_with_one_address()
    {
        var texts = Gen.OneOf(
            Gen.String[Gen.Char["abc DEF.,:;àèéìòùÈçñ€£$\"'“”’–—…łŠ/0129\n\r\t\u00a0\u202f日мαΩ{}[]~^|\\"], 1, 100],
            Gen.String[1, 100],
            Gen.Const("www.evil.example/pay?x=1 http://evil.example https://a.bc"));
        string[] codes = ["EUR", "JPY", "BHD", "CHF"];
        var currencies = Gen.Int[0, codes.Length - 1].Select(i => codes[i]);
        var kinds = Gen.Select(
            Gen.Int[0, TextWords.All.Count - 1], Gen.Enum<TextKind>(), Gen.Bool,
            (language, kind, isTest) => (TextWords.All[language], kind, isTest));
        Gen.Select(texts, texts, Gen.Long[1, Money.LinkMaxMinor], currencies, kinds)
            .Sample((name, description, amount, currency, kind) =>
            {
                var (words, what, isTest) = kind;
                var facts = new MessageFacts(
                    what, words.Language, isTest, name, name, new Money(amount, Currency.Get(currency)), description,
                    description.Length > 64 ? null : description, name, new DateTime(2026, 11, 27, 18, 0, 0), Url);

                var written = SmsText.Write(facts, ownWords: null);

                var text = written.Text;
                var rest = text.Replace(Url, "", StringComparison.Ordinal);
                Assert.That(written.Size.Segments, Is.EqualTo(1), text);
                Assert.That(written.Size.Outside, Is.Empty, text);
                Assert.That(text.Length - rest.Length, Is.EqualTo(what == TextKind.Canceled ? 0 : Url.Length), text);
                Assert.That(rest, Does.Not.Contain("://").And.Not.Contain("\n").And.Not.Contain("\r"));
                var sum = Gsm7.Write(facts.Amount.DisplayPlain(words.Culture));
                Assert.That(rest, Does.Contain(sum));
                Assert.That(Host().IsMatch(rest.Replace(sum, "", StringComparison.Ordinal)), Is.False, text);
            });
    }

    [Test]
    public void What_was_cut_at_the_end_of_a_sentence_ends_in_three_dots() => Assert.That(
        SmsText.Write(
            Usual with { Kind = TextKind.Desk, Purpose = "trapano a percussione", Reference = null },
            ownWords: null).Text,
        Does.Contain(", 49,90 EUR, trapano a... Scade "));

    [TestCase("{merchant} chiede {amount}: {url} Grazie", ExpectedResult =
        "Ferramenta Rossi chiede 49,90 EUR: " + Url + " Grazie")]
    [TestCase("“{merchant}” – {amount}…\u00a0{url}", ExpectedResult = "\"Ferramenta Rossi\" - 49,90 EUR... " + Url)]
    [TestCase("Ciao {name}, {amount}[ per {purpose}] {url}[ {phone}|]", ExpectedResult =
        "Ciao Anna, 49,90 EUR per ordine 1042 " + Url + " 06 1234 5678")]
    public string A_merchants_own_words_are_taken_as_they_are(string words) => SmsText.Write(Usual, words).Text;

    [Test]
    public void One_sign_too_many_makes_own_words_unicode_and_parts_go_while_that_saves_a_segment()
    {
        var written = SmsText.Write(
            Usual with { Url = "https://pay.example.test/p/p0123456789abcdefghjkmnpqr" },
            "☕ {merchant}: {amount} {url}[ per {purpose}][ Telefono: {phone}][ e poi ancora molte altre parole così]");

        Assert.That(written.Size.Outside, Is.EqualTo(new[] { "☕" }));
        Assert.That(
            written.Text, Does.StartWith("☕ Ferramenta Rossi: 49,90 EUR https://").And.EndsWith("06 1234 5678"));
        Assert.That(written.Size.Segments, Is.EqualTo(2), "which it takes at least");
    }

    [TestCase("{merchant {url}")]
    [TestCase("[{url}")]
    [TestCase("Senza indirizzo")]
    [TestCase("")]
    public void Words_that_cannot_be_used_give_way_to_ours(string own)
    {
        var written = SmsText.Write(Usual, own);

        Assert.That(written, Is.EqualTo(SmsText.Write(Usual, ownWords: null)).UsingPropertiesComparer());
        Assert.That(written.IsOwn, Is.False);
    }

    [Test]
    public void Own_words_that_grew_beyond_all_bounds_give_way_to_ours() => Assert.That(
        SmsText.Write(
            Usual with { CustomerName = new string('x', 100) },
            "{url} " + string.Concat(Enumerable.Repeat("{name} ", 20))).IsOwn,
        Is.False);

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
