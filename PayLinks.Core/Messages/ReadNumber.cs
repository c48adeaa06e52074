using System.Buffers;
using PhoneNumbers;

namespace PayLinks.Core.Messages;

/// <summary>A phone number that exists as far as the numbering plans say, with what they say of it.</summary>
/// <param name="Type">As the API spells it: <c>mobile</c>, <c>landline</c>, …</param>
/// <param name="Country">ISO 3166; null for ranges of no country.</param>
/// <param name="IsBarred">Nothing is ever sent to it: what that costs is anybody's guess.</param>
/// <param name="CanReceiveSms">As far as its type tells.</param>
/// <param name="IsShortItalianMobile">
/// Nine digits are a valid Italian mobile of old; today it is mostly a digit that got lost.
/// </param>
public sealed record ReadNumber(
    string E164, string Type, string? Country, bool IsBarred, bool CanReceiveSms, bool IsShortItalianMobile)
{
    /// <summary>For numbers that have a country code.</summary>
    public const string AnyCountry = "ZZ";

    private const int TypedLengthMax = 40;
    private const int ItalianMobileLength = 10;

    // Letters would be read as a vanity number, and digits of other scripts as ours; nobody types a phone so.
    private static readonly SearchValues<char> Usual = SearchValues.Create("0123456789+-./() \u00a0");
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Whether it certainly takes texts, or almost certainly.</summary>
    public bool IsMobile => Type is "mobile" or "landline_or_mobile";

    /// <summary>Reads a number in any usual form; null for anything that is none.</summary>
    /// <param name="country">Where a number without a country code belongs.</param>
    public static ReadNumber? Of(string typed, string country)
    {
        if (Parse(typed.Trim(), country) is not { } number)
        {
            return null;
        }

        // Ranges of no country are satellites and global services.
        var isGlobal = number.CountryCode is 870 or 878 or 881 or 882 or 883 or 888 or 979;
        var type = Numbers.GetNumberType(number);
        var isBarred = isGlobal || type is PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST;
        var region = Numbers.GetRegionCodeForNumber(number);
        return new ReadNumber(
            Numbers.Format(number, PhoneNumberFormat.E164),
            isGlobal ? "global" : Word(type),
            isGlobal ? null : region,
            isBarred,
            !isBarred && type is not (PhoneNumberType.FIXED_LINE or PhoneNumberType.TOLL_FREE or PhoneNumberType.UAN
                or PhoneNumberType.PAGER or PhoneNumberType.VOICEMAIL),
            region == "IT" && type == PhoneNumberType.MOBILE
                && Numbers.GetNationalSignificantNumber(number).Length < ItalianMobileLength);
    }

    /// <summary>Whether this is a country whose numbers can be read.</summary>
    public static bool IsCountry(string country) => Numbers.GetSupportedRegions().Contains(country);

    private static PhoneNumber? Parse(string typed, string country)
    {
        if (typed.Length is 0 or > TypedLengthMax || typed.AsSpan().ContainsAnyExcept(Usual))
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

    private static string Word(PhoneNumberType type) => type switch
    {
        PhoneNumberType.MOBILE => "mobile",
        PhoneNumberType.FIXED_LINE => "landline",
        PhoneNumberType.FIXED_LINE_OR_MOBILE => "landline_or_mobile",
        PhoneNumberType.PREMIUM_RATE => "premium_rate",
        PhoneNumberType.SHARED_COST => "shared_cost",
        PhoneNumberType.TOLL_FREE => "toll_free",
        PhoneNumberType.VOIP => "voip",
        PhoneNumberType.PERSONAL_NUMBER => "personal",
        PhoneNumberType.PAGER => "pager",
        PhoneNumberType.UAN => "company",
        PhoneNumberType.VOICEMAIL => "voicemail",
        _ => "unknown",
    };
}
