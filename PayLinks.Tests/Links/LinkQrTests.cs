using PayLinks.Api.Links;

namespace PayLinks.Tests.Links;

public sealed class LinkQrTests
{
    private const int QuietZone = 4;

    // Version 3, 29 modules wide, holds 61 characters of the small alphabet at level M; small letters would need
    // version 4.
    [Test]
    public void An_address_of_usual_length_makes_a_small_code()
    {
        var url = "https://paga.example.test/p/" + new string('7', 27);
        using var code = LinkQr.Encode(url);

        Assert.That(code.ModuleMatrix, Has.Count.EqualTo(29 + (2 * QuietZone)));
        Assert.That(code.ModuleMatrix.Take(QuietZone).SelectMany(row => row.Cast<bool>()), Has.All.False, "quiet zone");
    }

    [Test]
    public void Upper_and_lower_case_make_the_same_code() =>
        Assert.That(
            LinkQr.Svg("HTTPS://PAGA.EXAMPLE.TEST/P/X"), Is.EqualTo(LinkQr.Svg("https://paga.example.test/p/x")));
}
