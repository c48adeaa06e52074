using PayLinks.Api.Texts;
using PayLinks.Core;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;
using PayLinks.Worker.Emails;

namespace PayLinks.Tests.Texts;

/// <summary>Every message has words in every language, and none of them costs more than one segment.</summary>
public sealed class TextWordsTests
{
    private static readonly string[] Languages = ["it", "en", "de", "fr", "es"];

    private static IEnumerable<TestCaseData> Messages =>
        from language in Languages
        from message in TextChoice.Messages
        select new TestCaseData(language, message.Channel, message.Kind)
            .SetArgDisplayNames(language, message.Channel.ToString(), message.Kind.ToString());

    private static IEnumerable<TestCaseData> Texts => Messages
        .Where(message => (MessageChannel)message.Arguments[1]! == MessageChannel.Sms);

    [Test]
    public void Five_languages_are_spoken_by_texts_and_emails_alike()
    {
        Assert.That(TextWords.All.Select(words => words.Language), Is.EqualTo(Languages));
        Assert.That(EmailWords.All.Select(words => words.Language), Is.EqualTo(Languages));
        Assert.That(
            TextWords.All.Select(words => words.Culture), Is.EqualTo(EmailWords.All.Select(words => words.Culture)));
    }

    [TestCase("it-IT", "it")]
    [TestCase("en-US", "en")]
    [TestCase("de-CH", "de")]
    [TestCase("fr-BE", "fr")]
    [TestCase("es-ES", "es")]
    [TestCase("nl-NL", "en")]
    [TestCase("", "en")]
    public void Who_speaks_another_language_is_written_to_in_English(string locale, string language)
    {
        Assert.That(TextWords.For(locale).Language, Is.EqualTo(language));
        Assert.That(EmailWords.For(locale).Language, Is.EqualTo(language));
    }

    [TestCaseSource(nameof(Messages))]
    public void Our_words_keep_the_rules_that_a_merchants_own_must_keep(
        string language, MessageChannel channel, TextKind kind)
    {
        var choice = new TextChoice(channel, kind, language);
        var (subject, body) = ConsoleTexts.Ours(choice);
        var others = Languages.Where(other => other != language)
            .Select(other => ConsoleTexts.Ours(choice with { Language = other }).Body);

        Assert.That(
            CheckTemplate.Read(choice, channel == MessageChannel.Email ? subject : null, body, Longest(language, kind)),
            Is.Empty);
        Assert.That(others, Has.None.EqualTo(body), "each language has its own");
        Assert.That(body, Does.Contain("{merchant}").And.Contain("{amount}"), "who, and how much");
    }

    [TestCaseSource(nameof(Texts))]
    public void A_text_message_at_the_longest_values_is_one_segment(
        string language, MessageChannel channel, TextKind kind)
    {
        var longest = Longest(language, kind);
        foreach (var facts in new[]
        {
            longest,
            longest with { Purpose = longest.Reference! },
            longest with { Purpose = "ordine " + longest.Reference },
        })
        {
            var written = SmsText.Write(facts, ownWords: null);

            Assert.That(written.Size, Has.Property("Segments").EqualTo(1).And.Property("Outside").Empty, written.Text);
            Assert.That(written.Size.Units, Is.LessThanOrEqualTo(160), written.Text);
            Assert.That(written.Text, Does.StartWith(facts.Merchant).And.Contain(facts.Reference!));
            Assert.That(written.Text, Does.Match(@"99[. ,]999[.,]99"));
            Assert.That(written.Text, kind == TextKind.Canceled ? Does.Not.Contain("http") : Does.Contain(facts.Url));
            Assert.That(written.Text.Contains("30", StringComparison.Ordinal), Is.EqualTo(kind.Invites()), "its end");
        }

        Assert.That(channel, Is.EqualTo(MessageChannel.Sms));
    }

    // .NET groups French thousands by U+202F, which would make a text of 70 characters.
    [Test]
    public void Amounts_hold_no_space_that_costs()
    {
        foreach (var culture in TextWords.All.Select(words => words.Culture)
            .Append(System.Globalization.CultureInfo.GetCultureInfo("de-CH")))
        {
            foreach (var currency in Currency.All)
            {
                var amount = new Money(99_999_999, currency).DisplayPlain(culture);
                Assert.That(SmsSize.Of(Gsm7.Write(amount)).Units, Is.EqualTo(amount.Length), $"{culture}: {amount}");
                Assert.That(
                    amount.Where(one => char.IsWhiteSpace(one) && one != ' '), Is.Empty, $"{culture}: {amount}");
            }
        }
    }

    // Merchant 20, reference 12 and address 50 characters, in the month and at the minute that take the most room.
    private static MessageFacts Longest(string language, TextKind kind) => new(
        kind, language, IsTest: false, "Ferramenta Rossi snc", "+39 06 1234 5678",
        new Money(9_999_999, Currency.Get("EUR")), new string('x', 255), "123456789012", "Anna",
        new DateTime(2026, 12, 30, 23, 59, 0), "https://paga.rossi.it/p/p0123456789abcdefghjkmnpqr");
}
