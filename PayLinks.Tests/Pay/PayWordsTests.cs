using System.Text.RegularExpressions;
using PayLinks.Api.Pay;

namespace PayLinks.Tests.Pay;

public sealed partial class PayWordsTests
{
    private static readonly string[] MolliesReasons =
    [
        "authentication_abandoned", "authentication_failed", "authentication_required",
        "authentication_unavailable_acs", "card_declined", "card_expired", "inactive_card", "insufficient_funds",
        "invalid_cvv", "invalid_card_holder_name", "invalid_card_number", "invalid_card_type", "possible_fraud",
        "refused_by_issuer", "unknown_reason",
    ];

    [TestCaseSource(nameof(MolliesReasons))]
    public void Every_reason_of_Mollies_has_words_with_a_next_step_in_both_languages(string reason)
    {
        Assert.That(FailureWords.Italian.For(reason), Does.Match("(?i)riprova|controlla|usa un'altra|prova un'altra"));
        Assert.That(FailureWords.English.For(reason), Does.Match("(?i)try (again|another)|check|use another"));
    }

    [Test]
    public void A_reason_that_Mollie_adds_one_day_has_words_too() => Assert.That(
        FailureWords.English.For("struck_by_lightning"), Is.EqualTo(FailureWords.English.For("unknown_reason")));

    [Test]
    public void A_suspicion_reads_like_any_refusal()
    {
        foreach (var words in new[] { FailureWords.Italian, FailureWords.English })
        {
            Assert.That(words.For("possible_fraud"), Is.EqualTo(words.For("refused_by_issuer")));
        }
    }

    [Test]
    public void Nothing_is_begged_pardon_for_nor_called_invalid()
    {
        var words =
            from property in typeof(PayWords).GetProperties()
            where property.PropertyType == typeof(string)
            from language in new[] { PayWords.Italian, PayWords.English }
            select (string)property.GetValue(language)!;

        Assert.That(words, Has.None.Empty);
        Assert.That(words.Where(text => Humble().IsMatch(text)), Is.Empty);
    }

    [GeneratedRegex(
        @"\b(please|sorry|invalid|spiacenti|per favore|non valid[oai])\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Humble();
}
