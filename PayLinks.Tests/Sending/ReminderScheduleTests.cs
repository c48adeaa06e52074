using System.Globalization;
using PayLinks.Core.Messages;

namespace PayLinks.Tests.Sending;

/// <summary>When a customer is reminded: the merchant's wish, the customer's night, and sense.</summary>
public sealed class ReminderScheduleTests
{
    private const string Roman = "+393471234567";
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [TestCase("2026-11-24 10:00", "2026-11-27 10:00", "2026-11-26 10:00", TestName = "A day before the expiry")]
    [TestCase("2026-11-24 22:30", "2026-11-27 22:30", "2026-11-27 08:00",
        TestName = "Not in the evening but in the morning after")]
    [TestCase("2026-11-24 06:00", "2026-11-27 06:00", "2026-11-26 08:00", TestName = "Not at dawn but in the morning")]
    [TestCase("2026-11-24 10:00", "2026-11-27 21:00", "2026-11-27 08:00", TestName = "Nine in the evening is night")]
    [TestCase("2026-11-24 10:00", "2026-11-27 08:00", "2026-11-26 08:00", TestName = "Eight in the morning is day")]
    [TestCase("2026-11-24 10:00", "2026-11-25 11:00", "2026-11-24 11:00", TestName = "An hour after the link")]
    [TestCase("2026-11-24 10:00", "2026-11-25 10:30", null, TestName = "Not sooner after the link")]
    [TestCase("2026-11-24 10:00", "2026-11-24 12:00", null, TestName = "Not for a short link")]
    [TestCase("2027-03-25 10:00", "2027-03-28 22:30", "2027-03-28 08:00", TestName = "The night that loses an hour")]
    [TestCase("2027-03-25 10:00", "2027-03-28 10:00", "2027-03-27 09:00",
        TestName = "A day is 24 hours when the clock goes forward")]
    [TestCase("2026-10-22 10:00", "2026-10-25 22:30", "2026-10-25 08:00", TestName = "The night that gains an hour")]
    [TestCase("2026-10-22 10:00", "2026-10-25 10:00", "2026-10-24 11:00",
        TestName = "A day is 24 hours when the clock goes back")]
    public void A_reminder_comes_by_day(string since, string expiresAt, string? at) =>
        Assert.That(Next([Day], since, expiresAt), Is.EqualTo(at));

    [TestCase("2026-11-24 10:00", "2026-11-27 07:30", 1, "2026-11-26 20:45",
        TestName = "In the evening before when the morning is too late")]
    [TestCase("2026-11-24 10:00", "2026-11-27 09:30", 2, "2026-11-27 08:00",
        TestName = "In the morning when an hour is left")]
    public void A_short_notice_looks_for_a_waking_hour(string since, string expiresAt, int hours, string at) =>
        Assert.That(Next([TimeSpan.FromHours(hours)], since, expiresAt), Is.EqualTo(at));

    [Test]
    public void Several_come_one_after_the_other()
    {
        TimeSpan[] before = [TimeSpan.FromHours(72), TimeSpan.FromHours(24), TimeSpan.FromHours(2)];
        var seen = new List<string?>();
        for (var at = "2026-11-20 15:00"; at is not null; at = Next(before, at, "2026-11-27 15:00"))
        {
            seen.Add(at);
        }

        Assert.That(seen.Skip(1), Is.EqualTo(new[] { "2026-11-24 15:00", "2026-11-26 15:00", "2026-11-27 13:00" }));
    }

    [Test]
    public void Two_that_fall_into_one_night_are_one()
    {
        TimeSpan[] before = [TimeSpan.FromHours(16), TimeSpan.FromHours(14)];

        var first = Next(before, "2026-11-24 10:00", "2026-11-27 14:00");

        Assert.That(first, Is.EqualTo("2026-11-27 08:00"));
        Assert.That(Next(before, first!, "2026-11-27 14:00"), Is.Null);
    }

    [TestCase(Roman, "en-US", "2026-11-24 07:00Z", ExpectedResult = false, TestName = "The phone says Italy")]
    [TestCase(Roman, "en-US", "2026-11-24 06:59Z", ExpectedResult = true, TestName = "and it is still night there")]
    [TestCase("+12125550123", "it-IT", "2026-11-24 12:30Z", ExpectedResult = true,
        TestName = "The phone says New York")]
    [TestCase("+12125550123", "it-IT", "2026-11-24 13:00Z", ExpectedResult = false, TestName = "and it is eight there")]
    [TestCase("+61412345678", "it-IT", "2026-11-23 22:30Z", ExpectedResult = true,
        TestName = "Somewhere in Australia it is night")]
    [TestCase("+61412345678", "it-IT", "2026-11-24 02:00Z", ExpectedResult = false,
        TestName = "All of Australia is awake")]
    [TestCase(null, "nl-NL", "2026-11-24 06:30Z", ExpectedResult = true, TestName = "The locale says the Netherlands")]
    [TestCase(null, "en-GB", "2026-11-24 07:30Z", ExpectedResult = true,
        TestName = "The locale says the United Kingdom")]
    [TestCase(null, "en", "2026-11-24 07:30Z", ExpectedResult = false,
        TestName = "A language alone leaves it to the merchant")]
    public bool Night_is_where_the_customer_is(string? phone, string locale, string at) =>
        CustomerClock.Of(phone, locale, "Europe/Rome").IsQuiet(
            DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    [Test]
    public void Every_country_has_an_hour_at_which_its_people_are_awake()
    {
        foreach (var country in PhoneNumbers.PhoneNumberUtil.GetInstance().GetSupportedRegions())
        {
            var clock = CustomerClock.Of(null, $"en-{country}", "Europe/Rome");
            var noon = new DateTimeOffset(2027, 3, 28, 12, 0, 0, TimeSpan.Zero);

            Assert.That(clock.AfterQuiet(noon) - noon, Is.LessThanOrEqualTo(Day), country);
        }
    }

    // Everything on the customer's clock in Rome.
    private static string? Next(TimeSpan[] before, string since, string expiresAt)
    {
        var rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
        DateTimeOffset Read(string text)
        {
            var local = DateTime.Parse(text, CultureInfo.InvariantCulture);
            return new DateTimeOffset(local, rome.GetUtcOffset(local));
        }

        return ReminderSchedule.Next(
            before, Read(since), Read(expiresAt), CustomerClock.Of(Roman, "it-IT", "America/New_York")) is { } at
            ? TimeZoneInfo.ConvertTime(at, rome).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : null;
    }
}
