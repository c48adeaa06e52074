using CsCheck;
using PayLinks.Api.Links;

namespace PayLinks.Tests.Links;

public sealed class CardNumberTests
{
    private static readonly string[] Cards =
    [
        "4242424242424242", "4111111111111111", "5555555555554444", "2223000010479399", "378282246310005",
        "30569309025904", "6011111111111117", "3530111333300000", "6200000000000005", "4543474002249996",
    ];

    private static readonly string[] Separators = ["", " ", "-", "\u00a0", ".", " - ", "\u200b", "/"];

    private static readonly Gen<string> AnyCard = Gen.Int[0, Cards.Length - 1].Select(i => Cards[i]);

    private static readonly Gen<string> AnySeparator = Gen.Int[0, Separators.Length - 1].Select(i => Separators[i]);

    [Test]
    public void A_card_is_found_however_it_is_grouped() => Gen.Select(AnyCard, AnySeparator, Gen.Int[2, 6])
        .Sample((card, separator, size) =>
        {
            var groups = card.Chunk(size).Select(part => new string(part));
            return CardNumber.IsIn($"pagare con {string.Join(separator, groups)} ok", isProse: true);
        });

    [Test]
    public void A_card_is_found_in_full_width_and_other_digits()
    {
        Assert.That(Cards.Select(card => string.Concat(card.Select(digit => (char)('０' + digit - '0')))),
            Has.All.Matches<string>(IsTaken));
        Assert.That(Cards.Select(card => string.Concat(card.Select(digit => (char)('٠' + digit - '0')))),
            Has.All.Matches<string>(IsTaken));
    }

    private static bool IsTaken(string? card) => CardNumber.IsIn(card!, isProse: false);

    [Test]
    public void A_mistyped_card_passes() => Gen.Select(AnyCard, Gen.Int[0, 13], Gen.Int[1, 9])
        .Sample((card, at, shift) =>
        {
            var digits = card.ToCharArray();
            digits[at] = (char)('0' + ((digits[at] - '0' + shift) % 10));
            return !CardNumber.IsIn(new string(digits), isProse: false);
        });

    [TestCase("Ordine 1042 del 2026-11-23 14:06, tel. +39 347 123 4567")]
    [TestCase("IBAN IT60X0542811101000000123456")]
    [TestCase("EAN 8006381333931")]
    [TestCase("402-1234567-1234567")]
    [TestCase("01jd7y2m8kq3t5v9x1z4b6c8d0")]
    [TestCase("Fattura n. 2026/000123456789")]
    [TestCase("a4476426-6939-4922-8eef-ff5910eb1d71")]
    [TestCase("cart 3C8763A1-981E-4700-8694-69210499BF5F.")]
    [TestCase("27ac640182c44719916956526173a3d0")]
    public void What_shops_write_passes(string text) => Assert.That(CardNumber.IsIn(text, isProse: true), Is.False);

    [TestCase("42424242-4242-4242-0000-000000000000")]
    [TestCase("a4476426-6939-4922-8eef-ff5910eb1d71 4242 4242 4242 4242")]
    public void A_card_is_found_that_is_dressed_as_a_uuid_or_stands_beside_one(string text) =>
        Assert.That(CardNumber.IsIn(text, isProse: false), Is.True);

    [Test]
    public void A_bar_code_in_a_reference_is_no_old_card()
    {
        Assert.That(CardNumber.IsIn("4222222222222", isProse: true), Is.True);
        Assert.That(CardNumber.IsIn("4222222222222", isProse: false), Is.False);
    }

    // Whoever numbers orders with 16 random digits is refused now and then, and told how to mend it.
    [Test]
    public void Few_random_references_are_taken_for_cards()
    {
        const int tried = 100_000;
        var random = new Random(7);
        string Digits(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(10)));
        int Refused(int length) => Enumerable.Range(0, tried).Count(_ => IsTaken(Digits(length)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Refused(16) * 1000 / tried, Is.InRange(20, 40), "16 digits, per thousand");
            Assert.That(Refused(12), Is.Zero, "12 digits");
        }
    }
}
