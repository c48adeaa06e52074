using System.Buffers;
using PhoneNumbers;

namespace PayLinks.Api.Links;

internal static class CheckPhone
{
    private const int TypedLengthMax = 40;

    // Letters would be read as a vanity number, and digits of other scripts as ours; nobody types a phone so.
    private static readonly SearchValues<char> Usual = SearchValues.Create("0123456789+-./() \u00a0");
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Reads a number in any usual form.</summary>
    /// <param name="country">Where a number without a country code belongs.</param>
    /// <param name="forSms">It must be able to receive a text message.</param>
    /// <returns>E.164; null if there is none, or with an error.</returns>
    public static string? Read(string pointer, string? text, string country, bool forSms, List<FieldError> errors)
    {
        var typed = text?.Trim();
        if (string.IsNullOrEmpty(typed))
        {
            return null;
        }

        var number = Parse(typed, country);
        if (number is null)
        {
            errors.Add(new FieldError(pointer, FieldCodes.PhoneInvalid));
            return null;
        }

        if (WhyNot(Numbers.GetNumberType(number), number.CountryCode, forSms) is { } code)
        {
            errors.Add(new FieldError(pointer, code));
            return null;
        }

        return Numbers.Format(number, PhoneNumberFormat.E164);
    }

    private static PhoneNumber? Parse(string typed, string country)
    {
        if (typed.Length > TypedLengthMax || typed.AsSpan().ContainsAnyExcept(Usual))
        {
            return null;
        }

        try
        {
            var number = Numbers.Parse(typed, country);
            return Numbers.IsValidNumber(number) ? number : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string? WhyNot(PhoneNumberType type, int countryCode, bool forSms) => type switch
    {
        // Ranges of no country are satellites and global services: what a text costs there is anybody's guess.
        _ when countryCode is 870 or 878 or 881 or 882 or 883 or 888 or 979 => FieldCodes.PhoneNotAllowed,
        PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST => FieldCodes.PhoneNotAllowed,
        PhoneNumberType.FIXED_LINE or PhoneNumberType.TOLL_FREE or PhoneNumberType.UAN or PhoneNumberType.PAGER
            or PhoneNumberType.VOICEMAIL => forSms ? FieldCodes.Landline : null,
        _ => null,
    };
}
