using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

internal static class CheckPhone
{
    /// <summary>Reads a number in any usual form, to be kept.</summary>
    /// <param name="country">Where a number without a country code belongs.</param>
    /// <returns>E.164; null if there is none, or with an error.</returns>
    public static string? Read(string pointer, string? text, string country, List<FieldError> errors) =>
        Read(pointer, text, country, number => number.IsBarred ? FieldCodes.PhoneNotAllowed : null, errors);

    /// <summary>Reads a number in any usual form, to send texts to.</summary>
    /// <returns>E.164; null if there is none, or with an error.</returns>
    public static string? ReadForSms(string pointer, string? text, MerchantFacts merchant, List<FieldError> errors) =>
        Read(pointer, text, merchant.Country, number => WhyNotText(number, merchant), errors);

    private static string? WhyNotText(ReadNumber number, MerchantFacts merchant) =>
        number.IsBarred ? FieldCodes.PhoneNotAllowed
        : !number.CanReceiveSms ? FieldCodes.Landline
        : !merchant.AllowedCountries.Contains(number.Country) ? FieldCodes.CountryNotAllowed
        : null;

    private static string? Read(
        string pointer, string? text, string country, Func<ReadNumber, string?> whyNot, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var number = ReadNumber.Of(text, country);
        if ((number is null ? FieldCodes.PhoneInvalid : whyNot(number)) is { } code)
        {
            errors.Add(new FieldError(pointer, code));
            return null;
        }

        return number!.E164;
    }
}
