namespace PayLinks.Worker.Sending;

/// <summary>How long a message waits before it is tried, or looked up, again.</summary>
internal sealed class RetrySchedule(SendingOptions options)
{
    // What was proven to be absent goes out again at once, this often; then something is wrong and it waits like
    // everything else.
    private const int AtOnceMax = 3;

    /// <param name="attempt">How often it has been tried, from 1.</param>
    /// <returns>Null when it has been tried often enough.</returns>
    public TimeSpan? After(Obstacle obstacle, int attempt)
    {
        if (attempt >= options.AttemptsMax)
        {
            return null;
        }

        var first = obstacle switch
        {
            Obstacle.Unreachable => TimeSpan.FromSeconds(1),
            Obstacle.Busy => TimeSpan.FromSeconds(2),
            Obstacle.Setup => TimeSpan.FromSeconds(30),
        };
        return Doubled(first, attempt);
    }

    /// <param name="attempt">How often it has been tried, from 1.</param>
    public TimeSpan? AfterAbsence(int attempt) =>
        attempt <= AtOnceMax ? TimeSpan.Zero : After(Obstacle.Unreachable, attempt - AtOnceMax);

    public TimeSpan LookUpAfter(Loss loss) => TimeSpan.FromMilliseconds(loss switch
    {
        Loss.Error => options.LookUpAfterErrorMilliseconds,
        Loss.Break => options.LookUpAfterBreakMilliseconds,
        Loss.Silence => options.LookUpAfterSilenceMilliseconds,
    });

    // Up to a fifth more each time, so that what failed together does not come back together.
    private TimeSpan Doubled(TimeSpan first, int attempt)
    {
        var longest = TimeSpan.FromSeconds(options.WaitMaxSeconds).Ticks;
        var wait = Math.Min(first.Ticks << Math.Min(attempt - 1, 16), longest);
        return TimeSpan.FromTicks(wait + Random.Shared.NextInt64((wait / 5) + 1));
    }
}
