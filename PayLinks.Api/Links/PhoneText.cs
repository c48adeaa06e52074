using PhoneNumbers;

namespace PayLinks.Api.Links;

internal static class PhoneText
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>An E.164 number in groups, as it is read aloud: <c>+39 347 123 4567</c>.</summary>
    public static string Grouped(string e164)
    {
        try
        {
            return Numbers.Format(Numbers.Parse(e164, defaultRegion: null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }

    /// <summary>A message's address as people read it.</summary>
    public static string OrEmail(string recipient) => recipient.StartsWith('+') ? Grouped(recipient) : recipient;
}
