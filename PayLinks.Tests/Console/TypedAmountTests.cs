using PayLinks.Api.Console;

namespace PayLinks.Tests.Console;

public sealed class TypedAmountTests
{
    [TestCase("49,90", "49.90")]
    [TestCase("49.90", "49.90")]
    [TestCase("49", "49.00")]
    [TestCase("49,9", "49.90")]
    [TestCase("0,50", "0.50")]
    [TestCase(" 49,90 ", "49.90")]
    [TestCase("EUR 49,90", "49.90")]
    [TestCase("49,90 €", "49.90")]
    [TestCase("€49.90", "49.90")]
    [TestCase("1.234,56", "1234.56")]
    [TestCase("1,234.56", "1234.56")]
    [TestCase("1.234", "1234.00")]
    [TestCase("1 234,56", "1234.56")]
    [TestCase("1'234.56", "1234.56")]
    [TestCase("999.999,99", "999999.99")]
    [TestCase("007", "7.00")]
    [TestCase("49,901", "49901.00")]
    public void An_amount_is_read_as_people_write_it(string typed, string value) =>
        Assert.That(TypedAmount.Read(typed, "EUR"), Is.EqualTo((value, "EUR")));

    [TestCase("USD 49.90", "49.90", "USD")]
    [TestCase("49,90£", "49.90", "GBP")]
    [TestCase("JPY 1.500", "1500", "JPY")]
    [TestCase("BHD 1.500", "1.500", "BHD")]
    public void Another_currency_may_be_named(string typed, string value, string currency) =>
        Assert.That(TypedAmount.Read(typed, "EUR"), Is.EqualTo((value, currency)));

    [TestCase("abc")]
    [TestCase("1.2.3,4")]
    [TestCase("1,23,45")]
    [TestCase("12.34.567")]
    [TestCase("-5")]
    [TestCase(",50")]
    [TestCase("49,")]
    [TestCase("４９")]
    public void What_cannot_be_read_is_left_as_it_was_for_the_validator(string typed) =>
        Assert.That(TypedAmount.Read(typed, "EUR"), Is.EqualTo((typed, "EUR")));
}
