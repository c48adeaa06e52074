using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PayLinks.Api.Brand;

/// <summary>
/// A merchant's colour, and what goes with it so that everybody can read the page: contrasts are WCAG's, from 1 to 21.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct BrandColor(byte Red, byte Green, byte Blue)
{
    /// <summary>What text needs (WCAG 2.2, 1.4.3).</summary>
    public const decimal ContrastMin = 4.5m;

    private const int StepMax = 100;

    private static readonly BrandColor Black = new(0, 0, 0);
    private static readonly BrandColor White = new(255, 255, 255);

    // The page behind links, and the cards on it, as in pay.css.
    private static readonly BrandColor[] LightPapers = [new(0xf4, 0xf6, 0xf5), White];
    private static readonly BrandColor[] DarkPapers = [new(0x10, 0x16, 0x14), new(0x1a, 0x23, 0x20)];

    private static readonly decimal[] LinearLight = [.. Enumerable.Range(0, 256).Select(Linear)];

    /// <summary>Six hexadecimal digits, without a sign.</summary>
    public string Hex => $"{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>What is written on the colour: black or white, one of which can always be read.</summary>
    public BrandColor Ink => Contrast(this, White) >= Contrast(this, Black) ? White : Black;

    /// <summary>The colour of links by day: darker, if it has to be.</summary>
    public BrandColor LightLink => ReadableOn(LightPapers, Black);

    /// <summary>The colour of links by night: lighter, if it has to be.</summary>
    public BrandColor DarkLink => ReadableOn(DarkPapers, White);

    /// <summary>Our icon in this colour, within its address: a file of its own would be one more to fetch.</summary>
    public string IconUrl =>
        $"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='%23{Ink.Hex}'%3E"
        + $"%3Crect width='32' height='32' rx='8' fill='%23{Hex}'/%3E"
        + "%3Cpath d='M7 12h18v3H7zM7 18h7v3H7z'/%3E%3C/svg%3E";

    private decimal Luminance =>
        (0.2126m * LinearLight[Red]) + (0.7152m * LinearLight[Green]) + (0.0722m * LinearLight[Blue]);

    /// <param name="text">Six hexadecimal digits, with or without <c>#</c>.</param>
    public static bool TryParse(string? text, out BrandColor color)
    {
        var match = Format().Match(text?.Trim() ?? "");
        color = match.Success
            ? new BrandColor(Channel(match, "red"), Channel(match, "green"), Channel(match, "blue"))
            : default;
        return match.Success;
    }

    public static decimal Contrast(BrandColor one, BrandColor other)
    {
        var (light, dark) = (Math.Max(one.Luminance, other.Luminance), Math.Min(one.Luminance, other.Luminance));
        return (light + 0.05m) / (dark + 0.05m);
    }

    /// <summary>The stylesheet that follows ours. On paper our own colours stay.</summary>
    public string Stylesheet() =>
        $"@media screen{{:root{{--brand:#{Hex};--brand-ink:#{Ink.Hex};--link:#{LightLink.Hex}}}}}"
        + $"@media screen and (prefers-color-scheme:dark){{:root{{--link:#{DarkLink.Hex}}}}}\n";

    private static byte Channel(Match match, string name) =>
        byte.Parse(match.Groups[name].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private BrandColor ReadableOn(BrandColor[] papers, BrandColor towards)
    {
        var (mixed, step) = (this, 0);
        while (papers.Any(paper => Contrast(mixed, paper) < ContrastMin))
        {
            mixed = Mixed(towards, ++step);
        }

        return mixed;
    }

    private BrandColor Mixed(BrandColor other, int step) =>
        new(Mix(Red, other.Red, step), Mix(Green, other.Green, step), Mix(Blue, other.Blue, step));

    private static byte Mix(byte from, byte to, int step) => (byte)(from + ((to - from) * step / StepMax));

    private static decimal Linear(int channel)
    {
        var part = channel / 255m;
        return part <= 0.04045m ? part / 12.92m : PowerOf2Point4((part + 0.055m) / 1.055m);
    }

    // x² times the fifth root of x², by Newton, because decimals have no powers.
    private static decimal PowerOf2Point4(decimal x)
    {
        var square = x * x;
        var root = 1m;
        for (var round = 0; round < 20; round++)
        {
            root = ((4 * root) + (square / (root * root * root * root))) / 5;
        }

        return square * root;
    }

    [GeneratedRegex(
        "^#?(?<red>[0-9a-f]{2})(?<green>[0-9a-f]{2})(?<blue>[0-9a-f]{2})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Format();
}
