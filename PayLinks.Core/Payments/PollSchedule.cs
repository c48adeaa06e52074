using System.ComponentModel.DataAnnotations;

namespace PayLinks.Core.Payments;

/// <summary>
/// When Mollie is asked about a payment under way although no callback came: section <c>Polling</c> of the
/// configuration. By default after 5, 10, 20 and 40 s, then each minute for 10 minutes, then each 10 minutes until
/// final.
/// </summary>
public sealed class PollSchedule
{
    /// <summary>The first polls, as ages of the payment in seconds, ascending.</summary>
    [Required, MinLength(1)]
    public int[] FirstSeconds { get; set; } = [5, 10, 20, 40];

    /// <summary>After those, the seconds between polls,</summary>
    [Range(1, 3600)]
    public int ThenEverySeconds { get; set; } = 60;

    /// <summary>for this many seconds of the payment's age;</summary>
    [Range(1, 86400)]
    public int ThenUntilSeconds { get; set; } = 600;

    /// <summary>and the seconds between polls from then on.</summary>
    [Range(1, 86400)]
    public int FinallyEverySeconds { get; set; } = 600;

    /// <summary>How long to wait before the next poll of a payment of this age.</summary>
    public TimeSpan WaitAt(TimeSpan age)
    {
        foreach (var first in FirstSeconds)
        {
            if (age < TimeSpan.FromSeconds(first))
            {
                return TimeSpan.FromSeconds(first) - age;
            }
        }

        return TimeSpan.FromSeconds(
            age < TimeSpan.FromSeconds(ThenUntilSeconds) ? ThenEverySeconds : FinallyEverySeconds);
    }
}
