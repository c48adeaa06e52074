using System.Text;
using CsCheck;
using PayLinks.Core.Texts;

namespace PayLinks.Tests.Texts;

/// <summary>Segments are counted as the standard (3GPP 23.038 and 23.040) puts them together.</summary>
public sealed class SmsSizeTests
{
    // The table of the standard, position by position; 0x1B leads to the extension.
    private const string Table =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    [TestCase("", 0, 1)]
    [TestCase("abc", 3, 1)]
    [TestCase("àèéìòù", 6, 1)]
    [TestCase("€", 2, 1)]
    [TestCase("[a]{b}~^|\\", 18, 1)]
    [TestCase("@£$¥\n", 5, 1)]
    [TestCase("È", 1, 1)]
    [TestCase("👍", 2, 1)]
    public void Room_is_counted_by_the_standard(string text, int units, int segments) =>
        Assert.That(SmsSize.Of(text), Has.Property("Units").EqualTo(units).And.Property("Segments").EqualTo(segments));

    [TestCase(160, 0, ExpectedResult = 1)]
    [TestCase(161, 0, ExpectedResult = 2)]
    [TestCase(306, 0, ExpectedResult = 2)]
    [TestCase(307, 0, ExpectedResult = 3)]
    [TestCase(158, 1, ExpectedResult = 1)]
    [TestCase(159, 1, ExpectedResult = 2)]
    // 152 and an escape would end the segment: the sign goes whole into the next one.
    [TestCase(152, 77, ExpectedResult = 3)]
    public int A_sign_of_the_extension_is_never_split(int letters, int signs) =>
        SmsSize.Of(new string('a', letters) + new string('€', signs)).Segments;

    [TestCase(70, 0, ExpectedResult = 1)]
    [TestCase(71, 0, ExpectedResult = 2)]
    [TestCase(134, 0, ExpectedResult = 2)]
    [TestCase(135, 0, ExpectedResult = 3)]
    [TestCase(66, 34, ExpectedResult = 3)]
    public int A_pair_of_surrogates_is_never_split(int letters, int pairs) =>
        SmsSize.Of(new string('á', letters) + string.Concat(Enumerable.Repeat("👍", pairs))).Segments;

    [TestCase("á", "á")]
    [TestCase("“a”", "“,”")]
    [TestCase("1\u202f234", "\u202f")]
    [TestCase("a👍👍b", "👍")]
    [TestCase("tutto bene €", "")]
    public void The_characters_that_cost_are_named(string text, string outside) =>
        Assert.That(string.Join(',', SmsSize.Of(text).Outside), Is.EqualTo(outside));

    [Test]
    public void It_counts_as_somebody_who_puts_the_octets_together()
    {
        Assert.That(Table, Has.Length.EqualTo(128));
        string[] others = ["á", "’", "\u202f", "日", "👍", "🇮🇹", "Ł"];
        var letters = Gen.Char[Table.Replace("\u001b", "", StringComparison.Ordinal)].Select(one => one.ToString());
        var texts = Gen.OneOf(
            Parts(letters),
            Parts(Gen.OneOf(letters, Gen.Char[Extension].Select(one => one.ToString()))),
            Parts(Gen.OneOf(letters, letters, Gen.Int[0, others.Length - 1].Select(i => others[i]))),
            Gen.String[0, 350]);

        texts.Sample(text => Assert.That(SmsSize.Of(text).Segments, Is.EqualTo(Assembled(text)), text), iter: 20_000);

        static Gen<string> Parts(Gen<string> part) => part.Array[0, 350].Select(string.Concat);
    }

    private static int Assembled(string text)
    {
        if (text.All(one => one != '\u001b' && (Table + Extension).Contains(one, StringComparison.Ordinal)))
        {
            var septets = text.SelectMany(one => Table.Contains(one, StringComparison.Ordinal)
                ? [Table.IndexOf(one, StringComparison.Ordinal)]
                : new[] { 0x1B, one }).ToList();
            return septets.Count <= 160 ? 1 : Cut(septets.Count, 153, at => septets[at - 1] == 0x1B ? 1 : 0);
        }

        var octets = Encoding.BigEndianUnicode.GetBytes(text);
        return octets.Length <= 140
            ? 1
            : Cut(octets.Length, 134, at => octets[at - 2] is >= 0xD8 and <= 0xDB ? 2 : 0);
    }

    // Takes full segments from the front, each less by what would be torn at its end.
    private static int Cut(int length, int room, Func<int, int> tornAt)
    {
        var segments = 0;
        for (var from = 0; from < length; segments++)
        {
            var end = from + room;
            from = end >= length ? length : end - tornAt(end);
        }

        return segments;
    }
}
