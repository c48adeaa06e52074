using PhoneNumbers;

namespace PayLinks.Api.Links;

/// <summary>Where an E.164 number comes from, as the numbering plans say.</summary>
internal static class PhoneOrigin
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberToCarrierMapper Carriers = PhoneNumberToCarrierMapper.GetInstance();

    /// <summary>ISO 3166, or null where it belongs to no country.</summary>
    public static string? Country(string e164) =>
        PhoneText.Parse(e164) is { } number ? Numbers.GetRegionCodeForNumber(number) : null;

    /// <summary>
    /// The carrier that it was first given to, or null; its owner may have taken it to another since.
    /// </summary>
    public static string? Carrier(string e164) =>
        PhoneText.Parse(e164) is { } number
        && Carriers.GetNameForNumber(number, Locale.English) is { Length: > 0 } name
            ? name
            : null;
}
