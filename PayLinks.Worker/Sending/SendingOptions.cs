using System.ComponentModel.DataAnnotations;

namespace PayLinks.Worker.Sending;

/// <summary>How messages are sent: section <c>Sending</c> of the configuration.</summary>
internal sealed class SendingOptions
{
    /// <summary>
    /// How many messages of one channel are leased at the same time. With a quick provider most of them wait for their
    /// outcome to be written, which is cheaper for many together; a slow one has nearly all of them.
    /// </summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 200;

    /// <summary>How long a worker may work on a message before it counts as dead; longer than <see
    /// cref="ProviderSeconds"/>, and with the time to notice not longer than 15 s.</summary>
    [Range(2, 600)]
    public int LeaseSeconds { get; set; } = 12;

    /// <summary>How long a provider may take to answer.</summary>
    [Range(1, 300)]
    public int ProviderSeconds { get; set; } = 8;

    /// <summary>How often a message is tried before it counts as failed.</summary>
    [Range(1, 1000)]
    public int AttemptsMax { get; set; } = 60;

    /// <summary>The longest wait between two tries.</summary>
    [Range(1, 86400)]
    public int WaitMaxSeconds { get; set; } = 300;

    /// <summary>How often to look for messages that are due although nobody said so.</summary>
    [Range(10, 60000)]
    public int EveryMilliseconds { get; set; } = 1000;

    /// <summary>How often to look for messages whose fate is to be looked up at the provider.</summary>
    [Range(10, 60000)]
    public int LookUpEveryMilliseconds { get; set; } = 500;

    /// <summary>
    /// After how long to look up a message whose provider answered with an error: it may list what it took a moment
    /// later.
    /// </summary>
    [Range(0, 600000)]
    public int LookUpAfterErrorMilliseconds { get; set; } = 2500;

    /// <summary>
    /// After how long to look up a message whose connection broke: the provider may still be working on it.
    /// </summary>
    [Range(0, 600000)]
    public int LookUpAfterBreakMilliseconds { get; set; } = 3000;

    /// <summary>
    /// After how long to look up a message whose provider did not answer in time: it may still be working on it.
    /// </summary>
    [Range(0, 600000)]
    public int LookUpAfterSilenceMilliseconds { get; set; } = 10000;

    /// <summary>
    /// How many segments a second a number carries as sender: what is handed over faster waits at the carrier, where
    /// nothing overtakes. Where a merchant's <c>sms_per_second</c> is set, it counts instead of this and the next
    /// three.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LongNumberPerSecond { get; set; } = 1;

    /// <summary>The same of a name.</summary>
    [Range(1, 1_000_000)]
    public int AlphanumericPerSecond { get; set; } = 10;

    /// <summary>The same of a short code.</summary>
    [Range(1, 1_000_000)]
    public int ShortCodePerSecond { get; set; } = 30;

    /// <summary>The same of a messaging service of Twilio's.</summary>
    [Range(1, 1_000_000)]
    public int MessagingServicePerSecond { get; set; } = 10;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan ProviderTimeout => TimeSpan.FromSeconds(ProviderSeconds);

    public TimeSpan Every => TimeSpan.FromMilliseconds(EveryMilliseconds);

    public TimeSpan LookUpEvery => TimeSpan.FromMilliseconds(LookUpEveryMilliseconds);
}
