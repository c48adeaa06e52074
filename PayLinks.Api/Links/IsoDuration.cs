using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PayLinks.Api.Links;

/// <summary>
/// An ISO 8601 duration in whole units: <c>P3D</c>, <c>PT30M</c>, <c>P1Y</c>. Years and months are the calendar's.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct IsoDuration(int Months, TimeSpan Rest)
{
    /// <summary>False for anything but a positive duration; weeks may stand beside other units.</summary>
    public static bool TryParse(string text, out IsoDuration duration)
    {
        duration = default;
        var match = Duration().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var seconds = (((((Unit(match, "w") * 7) + Unit(match, "d")) * 24) + Unit(match, "h")) * 3600)
            + (Unit(match, "m") * 60) + Unit(match, "s");
        var months = (Unit(match, "y") * 12) + Unit(match, "mo");
        duration = new IsoDuration((int)months, TimeSpan.FromSeconds(seconds));
        return months + seconds > 0;
    }

    /// <summary>The instant this much later; the end of time if it lies beyond.</summary>
    public DateTimeOffset After(DateTimeOffset start)
    {
        const int monthsOfAllTime = 12 * 9999;
        if (Months > monthsOfAllTime || (start.Year * 12) + Months >= monthsOfAllTime)
        {
            return DateTimeOffset.MaxValue;
        }

        var month = start.AddMonths(Months);
        return DateTimeOffset.MaxValue - month > Rest ? month + Rest : DateTimeOffset.MaxValue;
    }

    // Six digits each: more than anybody means, and no sum of them overflows.
    private static long Unit(Match match, string name) =>
        match.Groups[name] is { Success: true, Value: var digits }
            ? long.Parse(digits, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        @"\AP(?=[0-9T])((?<y>[0-9]{1,6})Y)?((?<mo>[0-9]{1,6})M)?((?<w>[0-9]{1,6})W)?((?<d>[0-9]{1,6})D)?"
        + @"(T(?=[0-9])((?<h>[0-9]{1,6})H)?((?<m>[0-9]{1,6})M)?((?<s>[0-9]{1,6})S)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
