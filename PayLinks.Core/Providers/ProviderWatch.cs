namespace PayLinks.Core.Providers;

public enum Provider
{
    Mollie,
    Twilio,
    SendGrid,
}

public enum BreakerState
{
    Closed,

    /// <summary>Lets one call pass, to see how it goes.</summary>
    HalfOpen,
    Open,
}

/// <param name="SeenAt">When a call last failed to get through; timestamps are the clock's.</param>
/// <param name="ReachedAt">When one last got through, if any has.</param>
public sealed record ProviderSight(bool IsDown, long SeenAt, long? ReachedAt);

/// <summary>
/// What this process's own calls tell of each provider. One is down when calls fail for a while and none gets through,
/// when one goes unanswered for long, or when its breaker is open. It is up again with the first call that gets
/// through: nobody is asked just to see, so that without calls an outage is forgotten.
/// </summary>
public sealed class ProviderWatch(TimeProvider clock)
{
    /// <summary>An outage that no call has met with for so long is over, as far as anybody knows.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(15);

    // A single failure is none of the agent's business, nor are two at the same moment.
    private const int FailuresMin = 2;
    private static readonly TimeSpan FailingFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SilenceAfter = TimeSpan.FromSeconds(4);

    private readonly Calls[] _calls = [.. Enum.GetValues<Provider>().Select(_ => new Calls())];

    /// <returns>The call's number, to end it with.</returns>
    public long Begin(Provider provider)
    {
        var calls = Of(provider);
        lock (calls.Gate)
        {
            calls.UnderWay.Add(++calls.LastNumber, clock.GetTimestamp());
            return calls.LastNumber;
        }
    }

    /// <param name="gotThrough">Null when the call tells nothing about those that matter.</param>
    public void End(Provider provider, long call, bool? gotThrough)
    {
        var calls = Of(provider);
        lock (calls.Gate)
        {
            calls.UnderWay.Remove(call, out var began);
            if (gotThrough is true)
            {
                calls.ReachedAt = clock.GetTimestamp();
                calls.Failures = 0;
                calls.IsDown = false;
            }
            else if (gotThrough is false)
            {
                Fail(calls, began);
            }
        }
    }

    public void Broke(Provider provider, BreakerState state)
    {
        var calls = Of(provider);
        lock (calls.Gate)
        {
            calls.Breaker = state;
            if (state == BreakerState.Open)
            {
                calls.IsDown = true;
                calls.SeenAt = clock.GetTimestamp();
            }
        }
    }

    public BreakerState BreakerOf(Provider provider) => Of(provider).Breaker;

    public bool IsDown(Provider provider) => Look(provider).IsDown;

    public ProviderSight Look(Provider provider)
    {
        var calls = Of(provider);
        lock (calls.Gate)
        {
            if (calls.UnderWay.Values.Any(began => !(began < calls.ReachedAt) && IsPast(began, SilenceAfter)))
            {
                calls.IsDown = true;
                calls.SeenAt = clock.GetTimestamp();
            }
            else if (calls.Failures >= FailuresMin && IsPast(calls.FirstFailureAt, FailingFor))
            {
                calls.IsDown = true;
            }

            if (calls.IsDown && IsPast(calls.SeenAt, ForgottenAfter))
            {
                calls.IsDown = false;
                calls.Failures = 0;
            }

            return new ProviderSight(calls.IsDown, calls.SeenAt, calls.ReachedAt);
        }
    }

    private void Fail(Calls calls, long began)
    {
        if (calls.Failures > 0 && IsPast(calls.SeenAt, ForgottenAfter))
        {
            calls.Failures = 0;
        }

        if (calls.Failures == 0)
        {
            calls.FirstFailureAt = Math.Max(began, calls.ReachedAt ?? began);
        }

        // One that was silent for so long has been taken for an outage already, and goes on being one.
        calls.Failures += IsPast(began, SilenceAfter) ? FailuresMin : 1;
        calls.SeenAt = clock.GetTimestamp();
    }

    private bool IsPast(long since, TimeSpan time) => clock.GetElapsedTime(since) >= time;

    private Calls Of(Provider provider) => _calls[(int)provider];

    private sealed class Calls
    {
        public Lock Gate { get; } = new();

        public Dictionary<long, long> UnderWay { get; } = [];

        public long LastNumber { get; set; }

        public int Failures { get; set; }

        public long FirstFailureAt { get; set; }

        public long SeenAt { get; set; }

        public long? ReachedAt { get; set; }

        public bool IsDown { get; set; }

        public BreakerState Breaker { get; set; }
    }
}
