using System.Reflection;
using System.Text.RegularExpressions;
using PayLinks.Api.Pay;

namespace PayLinks.Tests.Pay;

/// <summary>What customers read, in five languages and without a hole.</summary>
public sealed partial class PayWordsTests
{
    private const string Filled = "Ferramenta Rossi 49,90";

    // Mollie's fifteen reasons, and ours, with the words each is told in.
    private static readonly (string Reason, Func<FailureWords, string> Words)[] Reasons =
    [
        ("authentication_abandoned", words => words.NotApproved),
        ("authentication_failed", words => words.NotApproved),
        ("authentication_required", words => words.NotApproved),
        ("authentication_unavailable_acs", words => words.BankCheckDown),
        ("card_declined", words => words.Refused),
        ("card_expired", words => words.CardExpired),
        ("inactive_card", words => words.CardInactive),
        ("insufficient_funds", words => words.Funds),
        ("invalid_cvv", words => words.Mistyped),
        ("invalid_card_holder_name", words => words.Mistyped),
        ("invalid_card_number", words => words.Mistyped),
        ("invalid_card_type", words => words.CardKind),
        ("possible_fraud", words => words.Refused),
        ("refused_by_issuer", words => words.Refused),
        ("unknown_reason", words => words.Refused),
        ("struck_by_lightning", words => words.Refused),
        ("invalid_card_token", words => words.TypeAgain),
        ("canceled", words => words.Canceled),
        ("expired", words => words.Expired),
        ("technical", words => words.Technical),
        ("way_failed", words => words.WayFailed),
        ("invalid_method", words => words.WayGone),
    ];

    private static IEnumerable<TestCaseData> Languages =>
        PayWords.All.Select(words => new TestCaseData(words).SetArgDisplayNames(words.Language));

    private static IEnumerable<TestCaseData> ReasonsInEachLanguage =>
        from words in PayWords.All
        from told in Reasons
        select new TestCaseData(words, told.Reason, told.Words).SetArgDisplayNames(words.Language, told.Reason);

    [Test]
    public void Five_languages_are_spoken() => Assert.That(
        PayWords.All.Select(words => words.Language), Is.EqualTo(new[] { "it", "en", "de", "fr", "es" }));

    [TestCaseSource(nameof(ReasonsInEachLanguage))]
    public void Every_reason_has_words_with_a_next_step(
        PayWords language, string reason, Func<FailureWords, string> words)
    {
        var told = language.Failures.For(reason);

        Assert.That(told, Is.EqualTo(words(language.Failures)));
        Assert.That(told, Does.Match(language.Language switch
        {
            "it" => "(?i)riprova|controlla|(usa|prova) un'altra|scrivili di nuovo",
            "en" => "(?i)try (again|another)|check|use another|enter them again",
            "de" => "(?i)noch einmal|prüfen|andere karte",
            "fr" => "(?i)réessayez|vérifiez|autre carte|de nouveau",
            _ => "(?i)de nuevo|revise|otra tarjeta",
        }));
        Assert.That(told, Does.Not.Match("(?i)fraud|frod|betrug|fraude"), "nobody is told of a suspicion");
    }

    [TestCaseSource(nameof(Languages))]
    public void A_language_has_no_hole_and_lets_nothing_fall(PayWords language)
    {
        Assert.That(TextsOf(language).Concat(TextsOf(language.Failures)).Where(text => text.Words.Trim().Length == 0),
            Is.Empty);
        Assert.That(
            TextsOf(language).Where(text =>
                text.TakesSomething && !text.Words.Contains(Filled, StringComparison.Ordinal)),
            Is.Empty,
            "what is put in is there");
    }

    [Test]
    public void Nothing_was_left_in_another_language()
    {
        // What is short may be the same word.
        var twins =
            from text in PayWords.All.SelectMany(words => TextsOf(words).Concat(TextsOf(words.Failures)))
            where text.Words.Replace(Filled, "", StringComparison.Ordinal).Length > 15
            group text by (text.Name, text.Words) into same
            where same.Count() > 1
            select same.Key;

        Assert.That(twins, Is.Empty);
    }

    [TestCaseSource(nameof(Languages))]
    public void Nothing_is_begged_pardon_for_nor_called_invalid(PayWords language) => Assert.That(
        TextsOf(language).Concat(TextsOf(language.Failures)).Where(text => Humble().IsMatch(text.Words)), Is.Empty);

    [TestCase("it-IT", "it_IT")]
    [TestCase("de-AT", "de_AT")]
    [TestCase("de-LI", "de_DE")]
    [TestCase("fr-CA", "fr_FR")]
    [TestCase("es-MX", "es_ES")]
    [TestCase("en-AU", "en_GB")]
    [TestCase("el-GR", "en_GB")]
    public void The_card_fields_speak_the_pages_language(string culture, string mollies) => Assert.That(
        MollieLocale.Of(System.Globalization.CultureInfo.GetCultureInfo(culture)), Is.EqualTo(mollies));

    private static IEnumerable<(string Name, string Words, bool TakesSomething)> TextsOf(object words) =>
        from property in words.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
        let value = property.GetValue(words)
        let text = value switch
        {
            string plain => plain,
            Func<string, string> fill => fill(Filled),
            _ => null,
        }
        where text is not null
        select (property.Name, text, value is not string);

    [GeneratedRegex(
        @"\b(please|sorry|invalid|spiacenti|per favore|non valid[oai]|bitte|leider|entschuldig\w*|ungültig\w*"
        + @"|désolés?|s[’']il vous plaît|(non|pas) valable|invalide|lo sentimos|por favor|no válid[oa]|inválid[oa])\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Humble();
}
