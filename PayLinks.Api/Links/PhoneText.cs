using PhoneNumbers;

namespace PayLinks.Api.Links;

internal static class PhoneText
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>An E.164 number in groups, as it is read aloud: <c>+39 347 123 4567</c>.</summary>
    public static string Grouped(string e164) =>
        Parse(e164) is { } number ? Numbers.Format(number, PhoneNumberFormat.INTERNATIONAL) : e164;

    /// <summary>A message's address as people read it.</summary>
    public static string OrEmail(string recipient) => recipient.StartsWith('+') ? Grouped(recipient) : recipient;

    /// <summary>
    /// As much of a number or address as tells two apart and reaches nobody: <c>+39 347 *** **67</c>, <c>a***@…</c>.
    /// </summary>
    public static string Masked(string recipient)
    {
        if (!recipient.StartsWith('+'))
        {
            return $"{recipient[..1]}***{recipient[Math.Max(1, recipient.LastIndexOf('@'))..]}";
        }

        // The country and the first group stay if there is more to hide than they give away, and the last two digits.
        var grouped = Grouped(recipient);
        var groups = grouped.Split(' ', '-');
        var kept = groups.Length > 2 && groups[1].Length <= 4 ? groups[0].Length + 1 + groups[1].Length
            : groups.Length > 1 ? groups[0].Length
            : 2;
        return string.Concat(
            grouped.Select((one, i) => char.IsAsciiDigit(one) && i >= kept && i < grouped.Length - 2 ? '*' : one));
    }

    /// <summary>Null for what is no number.</summary>
    public static PhoneNumber? Parse(string e164)
    {
        try
        {
            return Numbers.Parse(e164, defaultRegion: null);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
