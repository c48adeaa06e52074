using PayLinks.Api.Brand;

namespace PayLinks.Tests.Brand;

/// <summary>Whatever colour a merchant chooses, everybody can read the page, by day and by night.</summary>
public sealed class BrandColorTests
{
    private static readonly BrandColor[] DayPapers = [Of("f4f6f5"), Of("ffffff")];
    private static readonly BrandColor[] NightPapers = [Of("101614"), Of("1a2320")];

    [Test]
    public void Every_colour_can_be_read_on_and_as_a_link()
    {
        var channels = Enumerable.Range(0, 11).Select(step => (byte)(step * 255 / 10)).ToList();
        var unreadable =
            from red in channels
            from green in channels
            from blue in channels
            let color = new BrandColor(red, green, blue)
            let worst = new[] { BrandColor.Contrast(color, color.Ink) }
                .Concat(DayPapers.Select(paper => BrandColor.Contrast(color.LightLink, paper)))
                .Concat(NightPapers.Select(paper => BrandColor.Contrast(color.DarkLink, paper)))
                .Min()
            where worst < 4.5m
            select $"{color.Hex}: {worst}";

        Assert.That(unreadable, Is.Empty);
    }

    // As WCAG's own formula gives them.
    [TestCase("000000", "ffffff", "21.0")]
    [TestCase("ffffff", "ffffff", "1.0")]
    [TestCase("777777", "ffffff", "4.48")]
    [TestCase("0b6e4f", "ffffff", "6.25")]
    [TestCase("ff0000", "ffffff", "4.00")]
    public void Contrast_is_WCAGs(string one, string other, decimal contrast) =>
        Assert.That(BrandColor.Contrast(Of(one), Of(other)), Is.EqualTo(contrast).Within(0.01m));

    [Test]
    public void What_can_be_read_already_stays_as_it_is()
    {
        Assert.That(Of("0b6e4f").LightLink, Is.EqualTo(Of("0b6e4f")));
        Assert.That(Of("5fd3a8").DarkLink, Is.EqualTo(Of("5fd3a8")));
        Assert.That(Of("ffd400").LightLink, Is.Not.EqualTo(Of("ffd400")));
    }

    [TestCase("#0B6E4F", ExpectedResult = true)]
    [TestCase("0b6e4f", ExpectedResult = true)]
    [TestCase("#abc", ExpectedResult = false)]
    [TestCase("red", ExpectedResult = false)]
    [TestCase("#0b6e4f;}", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    [TestCase(null, ExpectedResult = false)]
    public bool Six_digits_are_a_colour(string? text) => BrandColor.TryParse(text, out _);

    private static BrandColor Of(string hex) =>
        BrandColor.TryParse(hex, out var color) ? color : throw new ArgumentException(hex, nameof(hex));
}
