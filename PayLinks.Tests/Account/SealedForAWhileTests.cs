using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using PayLinks.Api.SignIn;

namespace PayLinks.Tests.Account;

public sealed class SealedForAWhileTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));

    [Test]
    public void What_is_sealed_opens_for_five_minutes_and_for_its_purpose_alone()
    {
        var seal = new SealedForAWhile(new EphemeralDataProtectionProvider(), _clock);
        var sealedText = seal.Seal("code/anna", "the content");

        Assert.That(sealedText, Does.Not.Contain("content"));
        Assert.That(seal.Open("code/anna", sealedText)?.Content, Is.EqualTo("the content"));
        Assert.That(seal.Open("code/bruno", sealedText), Is.Null);
        foreach (var altered in new[] { null, "", "forged", sealedText[..^2], sealedText + "AA" })
        {
            Assert.That(seal.Open("code/anna", altered), Is.Null, $"{altered}");
        }

        _clock.Advance(TimeSpan.FromSeconds(299));
        Assert.That(seal.Open("code/anna", sealedText), Is.Not.Null);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(seal.Open("code/anna", sealedText), Is.Null);
        Assert.That(seal.Open("code/anna", sealedText, TimeSpan.FromMinutes(6)), Is.Not.Null, "given more time");
    }
}
