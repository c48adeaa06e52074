using System.Globalization;
using CsCheck;
using PayLinks.Core;

namespace PayLinks.Tests.Core;

public sealed class MoneyTests
{
    private static readonly Currency[] Currencies = [.. Currency.All];

    private static readonly Gen<Currency> AnyCurrency = Gen.Int[0, Currencies.Length - 1].Select(i => Currencies[i]);

    private static readonly Gen<Money> AnyMoney =
        from minor in Gen.Long[0, 1_000_000_000_000]
        from currency in AnyCurrency
        select new Money(minor, currency);

    [Test]
    public void What_is_written_is_read_back_in_every_currency() => AnyMoney.Sample(money =>
        Money.TryParse(money.Value, money.Currency, out var read) && read == money);

    [Test]
    public void A_value_has_exactly_its_currencys_decimals() => AnyMoney.Sample(money =>
    {
        var point = money.Value.IndexOf('.', StringComparison.Ordinal);
        return (point < 0 ? 0 : money.Value.Length - point - 1) == money.Currency.Exponent;
    });

    [Test]
    public void Text_that_is_read_is_written_back_the_same() => Gen.Select(
            Gen.String[Gen.Char["0123456789.-+ e,"], 0, 8], AnyCurrency)
        .Sample((text, currency) => !Money.TryParse(text, currency, out var read) || read.Value == text);

    [TestCase("EUR", "49.90", 4990)]
    [TestCase("EUR", "0.01", 1)]
    [TestCase("EUR", "0.00", 0)]
    [TestCase("EUR", "92233720368547758.07", long.MaxValue)]
    [TestCase("JPY", "249", 249)]
    [TestCase("BHD", "1.234", 1234)]
    public void A_wire_value_is_read(string currency, string text, long minor)
    {
        Assert.That(Money.TryParse(text, Currency.Get(currency), out var money));
        Assert.That(money.MinorUnits, Is.EqualTo(minor));
    }

    [TestCase("EUR", "")]
    [TestCase("EUR", ".")]
    [TestCase("EUR", "49")]
    [TestCase("EUR", "49.9")]
    [TestCase("EUR", "49.900")]
    [TestCase("EUR", "49,90")]
    [TestCase("EUR", "4 9.90")]
    [TestCase("EUR", "-1.00")]
    [TestCase("EUR", "+1.00")]
    [TestCase("EUR", ".90")]
    [TestCase("EUR", "049.90")]
    [TestCase("EUR", "00.90")]
    [TestCase("EUR", "4.9.0")]
    [TestCase("EUR", "1e2.00")]
    [TestCase("EUR", "NaN")]
    [TestCase("EUR", "٤٩.٩٠")]
    [TestCase("EUR", "92233720368547758.08")]
    [TestCase("JPY", "249.00")]
    [TestCase("JPY", "249.")]
    [TestCase("BHD", "1.23")]
    public void Anything_else_is_refused(string currency, string text) =>
        Assert.That(Money.TryParse(text, Currency.Get(currency), out _), Is.False);

    [TestCase("it-IT", "EUR", 499000, "4.990,00\u00a0€")]
    [TestCase("en-GB", "EUR", 499000, "€4,990.00")]
    [TestCase("it-IT", "CHF", 4990, "49,90\u00a0CHF")]
    [TestCase("en-GB", "CHF", 4990, "CHF\u00a049.90")]
    [TestCase("it-IT", "JPY", 249, "249\u00a0JPY")]
    [TestCase("en-GB", "BHD", 1234, "BHD\u00a01.234")]
    [TestCase("fr-FR", "EUR", 499000, "4 990,00\u00a0€")]
    public void An_amount_is_shown_as_its_reader_writes_it(string culture, string currency, long minor, string shown) =>
        Assert.That(
            new Money(minor, Currency.Get(currency)).Display(CultureInfo.GetCultureInfo(culture)),
            Is.EqualTo(shown));

    [Test]
    public void An_amount_in_a_text_message_needs_no_wide_character()
    {
        string[] cultures = ["it-IT", "en-GB", "fr-FR", "de-CH", "pl-PL"];
        AnyMoney.Sample(money => cultures.All(culture =>
            money.DisplayPlain(CultureInfo.GetCultureInfo(culture)).All(c => char.IsAscii(c) || c == '’')));
    }
}
