using CsCheck;
using PayLinks.Core;
using PayLinks.Core.Links;

namespace PayLinks.Tests.Core;

public sealed class IdAndTokenTests
{
    [Test]
    public void Bytes_survive_base32() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        var read = new byte[bytes.Length];
        return Base32.TryDecode(Base32.Encode(bytes), read) && read.SequenceEqual(bytes);
    });

    [Test]
    public void Base32_that_is_read_is_written_back_the_same() =>
        Gen.String[Gen.Char[Base32.Alphabet + "ilou-"], 26, 26].Sample(text =>
        {
            var bytes = new byte[16];
            return !Base32.TryDecode(text, bytes) || Base32.Encode(bytes) == text;
        });

    [Test]
    public void An_id_is_shown_with_its_kind_and_read_back() => Gen.Guid.Sample(id =>
        PublicId.TryParse(PublicId.Link, PublicId.Format(PublicId.Link, id), out var read) && read == id);

    [Test]
    public void Shown_ids_sort_by_the_time_they_were_made()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var shown = Enumerable.Range(0, 1000)
            .Select(i => PublicId.Format(PublicId.Event, Guid.CreateVersion7(start.AddMilliseconds(i)))).ToList();

        Assert.That(shown, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("pl_")]
    [TestCase("pay_01jd0000000000000000000000")]
    [TestCase("pl-01jd0000000000000000000000")]
    [TestCase("pl_01jd000000000000000000000")]
    [TestCase("pl_01jd00000000000000000000000")]
    [TestCase("pl_01jd00000000000000000000u0")]
    [TestCase("pl_zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [TestCase("pl_01jd00000000000000000000\u0000é")]
    public void What_is_no_id_of_this_kind_is_refused(string? text) =>
        Assert.That(PublicId.TryParse(PublicId.Link, text, out _), Is.False);

    [Test]
    public void A_hundred_thousand_tokens_are_all_different_and_every_character_is_as_likely()
    {
        const int Tokens = 100_000;
        // Of 31 degrees of freedom; by chance one position in a thousand million is above.
        const int ChiSquaredMax = 112;
        var tokens = Enumerable.Range(0, Tokens).Select(_ => LinkToken.New("p").Value).ToList();

        Assert.That(tokens.ToHashSet(StringComparer.Ordinal), Has.Count.EqualTo(Tokens));
        Assert.That(tokens, Has.All.Length.EqualTo(27).And.All.StartsWith("p"));
        for (var position = 1; position < 27; position++)
        {
            const decimal Expected = Tokens / 32m;
            var counts = tokens.CountBy(token => token[position]).ToDictionary();
            var chiSquared =
                Base32.Alphabet.Sum(c =>
                (counts.GetValueOrDefault(c) - Expected) * (counts.GetValueOrDefault(c) - Expected))
                / Expected;
            Assert.That(chiSquared, Is.LessThan(ChiSquaredMax), $"position {position}");
        }
    }

    [Test]
    public void A_token_is_read_in_either_case_and_never_shown_by_accident()
    {
        var token = LinkToken.New("p");

        Assert.That(LinkToken.TryParse(token.Value.ToUpperInvariant(), out var read));
        Assert.That(read, Is.EqualTo(token));
        Assert.That($"{token}", Does.Not.Contain(token.Value));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("p0000000000000000000000000")]
    [TestCase("p0000000000000000000000000000")]
    [TestCase("p000000000000000000000000u0")]
    [TestCase("p000000000000000000000000%0")]
    [TestCase("p00000000000000000000000İ00")]
    public void What_can_be_no_token_is_refused(string? text) => Assert.That(LinkToken.TryParse(text, out _), Is.False);
}
