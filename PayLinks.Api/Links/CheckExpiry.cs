using System.Globalization;
using System.Text.RegularExpressions;

namespace PayLinks.Api.Links;

internal static partial class CheckExpiry
{
    // "Five minutes from now" was true when the caller wrote it down, in whole seconds and a network ago.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(2);

    /// <summary>Reads a link's end from a duration or an instant, or takes the merchant's usual lifetime.</summary>
    /// <returns>The end; without meaning if an error was added.</returns>
    public static DateTimeOffset Read(
        string? expiresIn, string? expiresAt, MerchantFacts merchant, LinkLimits limits, List<FieldError> errors)
    {
        var now = merchant.Now;
        var earliest = now + limits.LifetimeMin;
        var latest = now.AddMonths(limits.LifetimeMaxMonths);
        if (!string.IsNullOrWhiteSpace(expiresIn) && !string.IsNullOrWhiteSpace(expiresAt))
        {
            errors.Add(new FieldError("/expiresAt", FieldCodes.ExpiryAmbiguous));
        }
        else if (!string.IsNullOrWhiteSpace(expiresIn))
        {
            if (!IsoDuration.TryParse(expiresIn.Trim(), out var duration))
            {
                errors.Add(new FieldError("/expiresIn", FieldCodes.DurationInvalid));
            }
            else
            {
                var end = duration.After(now);
                Compare("/expiresIn", end, earliest, latest, limits, errors);
                return end;
            }
        }
        else if (!string.IsNullOrWhiteSpace(expiresAt))
        {
            if (!TryParseInstant(expiresAt.Trim(), out var end))
            {
                errors.Add(new FieldError("/expiresAt", FieldCodes.TimeInvalid));
            }
            else
            {
                Compare("/expiresAt", end, earliest - OnTheWay, latest + OnTheWay, limits, errors);
                // The database keeps no less than a microsecond.
                return end.AddTicks(-(end.Ticks % TimeSpan.TicksPerMicrosecond));
            }
        }

        return now + merchant.LinkLifetime;
    }

    /// <summary>Reads an RFC 3339 instant; one without an offset is nobody's time, and is refused.</summary>
    public static bool TryParseInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        return Instant().IsMatch(text)
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    private static void Compare(
        string pointer, DateTimeOffset end, DateTimeOffset earliest, DateTimeOffset latest, LinkLimits limits,
        List<FieldError> errors)
    {
        if (end < earliest)
        {
            errors.Add(new FieldError(
                pointer, FieldCodes.ExpiryTooSoon,
                (limits.LifetimeMin.Ticks / TimeSpan.TicksPerMinute).ToString(CultureInfo.InvariantCulture)));
        }
        else if (end > latest)
        {
            errors.Add(new FieldError(
                pointer, FieldCodes.ExpiryTooLate, limits.LifetimeMaxMonths.ToString(CultureInfo.InvariantCulture)));
        }
    }

    [GeneratedRegex(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}"
        + @"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Instant();
}
