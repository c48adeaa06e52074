using System.Globalization;

namespace PayLinks.Core.Messages;

/// <summary>When a customer is reminded of a link that nobody has paid.</summary>
public static class ReminderSchedule
{
    /// <summary>Reads a merchant's <c>remind_before</c> as <see cref="Read"/> takes it.</summary>
    public const string Column =
        """
        array_to_string(array(select extract(epoch from before)::bigint from unnest(remind_before) before), ',')
            as remind_before
        """;

    // Sooner after the last word it would nag, and later nobody could act on it.
    private static readonly TimeSpan Distance = TimeSpan.FromHours(1);

    /// <param name="seconds">Whole numbers with commas between.</param>
    public static IReadOnlyList<TimeSpan> Read(string seconds) =>
    [
        .. seconds.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => TimeSpan.FromSeconds(long.Parse(text, CultureInfo.InvariantCulture))),
    ];

    /// <summary>
    /// The next reminder: never at night, where another hour makes sense in the morning after, else in the evening
    /// before.
    /// </summary>
    /// <param name="before">How long before the expiry.</param>
    /// <param name="since">When the customer last heard of the link, or could have.</param>
    /// <returns>Null when there is no time for one.</returns>
    public static DateTimeOffset? Next(
        IEnumerable<TimeSpan> before, DateTimeOffset since, DateTimeOffset expiresAt, CustomerClock customer) =>
        before
            .Select(time => At(expiresAt - time, expiresAt, customer))
            .Where(at => at >= since + Distance && MakesSense(at, expiresAt))
            .Order()
            .Select(at => (DateTimeOffset?)at)
            .FirstOrDefault();

    /// <summary>Whether a customer who hears of the link then still has time to pay it.</summary>
    public static bool MakesSense(DateTimeOffset at, DateTimeOffset expiresAt) => at <= expiresAt - Distance;

    private static DateTimeOffset At(DateTimeOffset wanted, DateTimeOffset expiresAt, CustomerClock customer) =>
        customer.AfterQuiet(wanted) is var later && MakesSense(later, expiresAt)
            ? later
            : customer.BeforeQuiet(wanted);
}
