using PhoneNumbers;

namespace PayLinks.Core.Messages;

/// <summary>
/// What time it is where a customer is, as far as that can be told. A number or a country may stand for several time
/// zones: then it is night while it is night in one of them.
/// </summary>
public sealed class CustomerClock
{
    private static readonly TimeSpan Evening = TimeSpan.FromHours(21);
    private static readonly TimeSpan Morning = TimeSpan.FromHours(8);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    // Further apart, and there would be no hour at which all of them are awake.
    private static readonly TimeSpan SpreadMax = TimeSpan.FromHours(11);

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberToTimeZonesMapper Zones = PhoneNumberToTimeZonesMapper.GetInstance();

    private readonly IReadOnlyList<TimeZoneInfo> _zones;

    private CustomerClock(IReadOnlyList<TimeZoneInfo> zones) => _zones = zones;

    /// <summary>By the phone's country, else by that of the locale, else the merchant's own.</summary>
    /// <param name="phone">E.164.</param>
    /// <param name="locale">A BCP 47 tag, with or without a country.</param>
    /// <param name="merchantZone">An IANA name.</param>
    public static CustomerClock Of(string? phone, string locale, string merchantZone) =>
        (phone is null ? null : OfPhone(phone))
        // A country is known by what an example of its numbers says.
        ?? OfNumber(Numbers.GetExampleNumber(locale[(locale.LastIndexOf('-') + 1)..]))
        ?? new CustomerClock([TimeZoneInfo.FindSystemTimeZoneById(merchantZone)]);

    /// <summary>Whether a customer should be left in peace then: from 21:00 to 08:00.</summary>
    public bool IsQuiet(DateTimeOffset at) => _zones.Any(zone =>
    {
        var time = TimeZoneInfo.ConvertTime(at, zone).TimeOfDay;
        return time >= Evening || time < Morning;
    });

    /// <summary>The same moment if it is not quiet then, else one in the morning after.</summary>
    public DateTimeOffset AfterQuiet(DateTimeOffset at) => Go(at, Step);

    /// <summary>The same moment if it is not quiet then, else one in the evening before.</summary>
    public DateTimeOffset BeforeQuiet(DateTimeOffset at) => Go(at, -Step);

    private DateTimeOffset Go(DateTimeOffset at, TimeSpan step)
    {
        while (IsQuiet(at))
        {
            at += step;
        }

        return at;
    }

    private static CustomerClock? OfPhone(string phone)
    {
        try
        {
            return OfNumber(Numbers.Parse(phone, defaultRegion: null));
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static CustomerClock? OfNumber(PhoneNumber? number)
    {
        var zones = (number is null ? [] : Zones.GetTimeZonesForNumber(number))
            .Select(name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null)
            .OfType<TimeZoneInfo>().ToList();
        return zones.Count > 0
            && zones.Max(zone => zone.BaseUtcOffset) - zones.Min(zone => zone.BaseUtcOffset) <= SpreadMax
                ? new CustomerClock(zones)
                : null;
    }
}
