namespace PayLinks.Sandbox.Callbacks;

/// <summary>When a provider calls again after a callback was not acknowledged, counted from its first call.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Mollie =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(7),
        TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(31), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
        TimeSpan.FromHours(4), TimeSpan.FromHours(26),
    ];

    // Twilio repeats once, and only when it got no answer at all.
    private static readonly TimeSpan[] Twilio = [TimeSpan.Zero, TimeSpan.FromSeconds(1)];

    private static readonly TimeSpan[] SendGrid =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(45), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(11),
        TimeSpan.FromHours(24),
    ];

    /// <summary>When the next call is due, or nothing when the provider gives up.</summary>
    public static DateTimeOffset? Next(Callback callback)
    {
        var waits = callback.Provider switch
        {
            Providers.Mollie => Mollie,
            Providers.Twilio => Twilio,
            _ => SendGrid,
        };

        return callback.AttemptsMade < waits.Length ? callback.FirstDueAt + waits[callback.AttemptsMade] : null;
    }

    /// <summary>Whether the provider is content with this answer; no status means that none came.</summary>
    public static bool IsAcknowledged(string provider, int? status) => provider switch
    {
        Providers.Mollie => status == 200,
        Providers.Twilio => status is not null,
        _ => status is >= 200 and < 300,
    };
}
