namespace PayLinks.Worker.Sending;

/// <summary>How long a message waits before it is tried, or looked up, again.</summary>
internal sealed class RetrySchedule(SendingOptions options)
{
    // What was proven to be absent goes out again at once, this often; then something is wrong and it waits like
    // everything else.
    private const int AtOnceMax = 3;

    /// <summary>
    /// While a provider is down its messages take turns in trying, one at a time: so each may come again soon, and the
    /// end of the outage is met with at once.
    /// </summary>
    public static readonly TimeSpan WhileDown = TimeSpan.FromSeconds(2);

    /// <param name="attempt">How often it has been tried, from 1.</param>
    /// <param name="isDown">Whether the provider is known to be down.</param>
    /// <returns>Null when it has been tried often enough.</returns>
    public TimeSpan? After(Obstacle obstacle, int attempt, bool isDown = false)
    {
        // That the provider is away is no message's fault, so none is given up for it.
        if (attempt >= options.AttemptsMax && obstacle is not Obstacle.Unreachable)
        {
            return null;
        }

        return obstacle switch
        {
            Obstacle.Unreachable => WhileUnreachable(attempt, isDown),
            Obstacle.Busy => Doubled(TimeSpan.FromSeconds(2), attempt),
            Obstacle.Carrier => Doubled(TimeSpan.FromSeconds(10), attempt),
            Obstacle.Setup => Doubled(TimeSpan.FromSeconds(30), attempt),
        };
    }

    /// <param name="attempt">How often it has been tried, from 1.</param>
    /// <param name="isDown">Whether the provider is known to be down.</param>
    public TimeSpan AfterAbsence(int attempt, bool isDown) =>
        attempt <= AtOnceMax ? TimeSpan.Zero : WhileUnreachable(attempt - AtOnceMax, isDown);

    public TimeSpan LookUpAfter(Loss loss) => TimeSpan.FromMilliseconds(loss switch
    {
        Loss.Error => options.LookUpAfterErrorMilliseconds,
        Loss.Break => options.LookUpAfterBreakMilliseconds,
        Loss.Silence => options.LookUpAfterSilenceMilliseconds,
    });

    private TimeSpan WhileUnreachable(int attempt, bool isDown) =>
        isDown ? WhileDown : Doubled(TimeSpan.FromSeconds(1), attempt);

    // Up to a fifth more each time, so that what failed together does not come back together.
    private TimeSpan Doubled(TimeSpan first, int attempt)
    {
        var longest = TimeSpan.FromSeconds(options.WaitMaxSeconds).Ticks;
        var wait = Math.Min(first.Ticks << Math.Min(attempt - 1, 16), longest);
        return TimeSpan.FromTicks(wait + Random.Shared.NextInt64((wait / 5) + 1));
    }
}
