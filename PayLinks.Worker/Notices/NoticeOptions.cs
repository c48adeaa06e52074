using System.ComponentModel.DataAnnotations;

namespace PayLinks.Worker.Notices;

/// <summary>How merchants are told of events: section <c>Notices</c> of the configuration.</summary>
internal sealed class NoticeOptions
{
    private static readonly int[] UsualWaits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

    /// <summary>How many notices are being posted at the same time,</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 256;

    /// <summary>and how many of them to one endpoint.</summary>
    [Range(1, 1000)]
    public int ConcurrencyPerEndpoint { get; set; } = 8;

    /// <summary>How long one post may take, from the first packet to the last byte of the answer.</summary>
    [Range(1, 60)]
    public int ExchangeSeconds { get; set; } = 10;

    /// <summary>How long a worker may work on a notice before it counts as dead; longer than <see
    /// cref="ExchangeSeconds"/>.</summary>
    [Range(2, 120)]
    public int LeaseSeconds { get; set; } = 13;

    /// <summary>How often to look for notices that are due although nobody said so.</summary>
    [Range(10, 60_000)]
    public int EveryMilliseconds { get; set; } = 1000;

    /// <summary>
    /// How long to wait after each post that failed; after one more, the notice is dead. Without this setting 5 s,
    /// 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h.
    /// </summary>
    public int[]? RetryAfterSeconds { get; set; }

    /// <summary>By how much such a wait is longer or shorter by chance, so that what failed together does not come
    /// back together.</summary>
    [Range(0, 100)]
    public int JitterPercent { get; set; } = 20;

    /// <summary>For how many days at least posts and their answers are kept; they go by the month.</summary>
    [Range(1, 3650)]
    public int LogDays { get; set; } = 30;

    public TimeSpan Exchange => TimeSpan.FromSeconds(ExchangeSeconds);

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan Every => TimeSpan.FromMilliseconds(EveryMilliseconds);

    /// <param name="attempt">How often it has been posted, from 1.</param>
    /// <returns>Null when that was often enough.</returns>
    public TimeSpan? WaitAfter(int attempt)
    {
        var waits = RetryAfterSeconds ?? UsualWaits;
        if (attempt > waits.Length)
        {
            return null;
        }

        var wait = TimeSpan.FromSeconds(waits[attempt - 1]).Ticks;
        var jitter = wait * JitterPercent / 100;
        return TimeSpan.FromTicks(wait + Random.Shared.NextInt64(-jitter, jitter + 1));
    }
}
