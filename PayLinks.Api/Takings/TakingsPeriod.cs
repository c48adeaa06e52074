using System.Globalization;

namespace PayLinks.Api.Takings;

/// <summary>Days as they begin and end at the merchant's, both inclusive.</summary>
public sealed record TakingsPeriod(DateOnly From, DateOnly To)
{
    public const int DaysUsual = 30;

    /// <summary>A leap year.</summary>
    public const int DaysMax = 366;

    public int Days => To.DayNumber - From.DayNumber + 1;

    public string FirstDay => Text(From);

    public string LastDay => Text(To);

    /// <summary>As a query of the addresses that show or download it.</summary>
    public string Query => $"?from={FirstDay}&to={LastDay}";

    /// <summary>The days up to this one, it among them.</summary>
    public static TakingsPeriod Until(DateOnly to, int days = DaysUsual) => new(to.AddDays(1 - days), to);

    public bool Contains(DateOnly day) => day >= From && day <= To;

    /// <summary>Reads <c>2026-11-26</c>; false for anything else, and for years that nobody means.</summary>
    public static bool TryReadDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= 2000 and <= 9000;

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
