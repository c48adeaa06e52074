using CsCheck;
using PayLinks.Api.Links;

namespace PayLinks.Tests.Links;

public sealed class IsoDurationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Whole_units_add_up() => Gen.Select(Gen.Int[0, 400], Gen.Int[0, 48], Gen.Int[0, 120], Gen.Int[1, 120])
        .Sample((days, hours, minutes, seconds) =>
            IsoDuration.TryParse($"P{days}DT{hours}H{minutes}M{seconds}S", out var duration)
            && duration.After(Start) == Start + new TimeSpan(days, hours, minutes, seconds));

    [Test]
    public void Nothing_typed_makes_it_fall_over() =>
        Gen.String[Gen.Char["PTYMWDHS0123456789.-+ "], 0, 24].Sample(text =>
            !IsoDuration.TryParse(text, out var duration) || duration.After(Start) > Start);

    [TestCase("P1M", "2026-02-28T12:00:00Z")]
    [TestCase("P1Y", "2027-01-31T12:00:00Z")]
    [TestCase("P2W", "2026-02-14T12:00:00Z")]
    [TestCase("P1MT1H", "2026-02-28T13:00:00Z")]
    public void Months_and_years_are_the_calendars(string text, string end)
    {
        Assert.That(IsoDuration.TryParse(text, out var duration));
        Assert.That(duration.After(Start),
            Is.EqualTo(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public void What_lies_beyond_all_time_is_the_end_of_time()
    {
        Assert.That(IsoDuration.TryParse("P999999Y", out var years));
        Assert.That(years.After(Start), Is.EqualTo(DateTimeOffset.MaxValue));
        Assert.That(IsoDuration.TryParse("P999999W999999D", out var weeks));
        Assert.That(weeks.After(Start), Is.GreaterThan(Start.AddYears(1000)));
    }
}
