namespace PayLinks.Worker;

/// <summary>Work that is done in bounded passes, each of which can be run and tested without a timer.</summary>
internal interface IJob
{
    /// <summary>What it is called in logs and metrics.</summary>
    string Name { get; }

    /// <summary>
    /// The word of <see cref="Core.Database.Wakeups"/> that says there is work, or the channel on which every word
    /// does; null if only time does.
    /// </summary>
    string? WokenBy { get; }

    /// <summary>
    /// After how long to look again when nobody wakes it; asked after each pass, which may have found out.
    /// </summary>
    TimeSpan Every { get; }

    /// <summary>Set by whoever runs the job; to be called when the end of something makes room for more.</summary>
    Action Again
    {
        set { }
    }

    /// <param name="cancellationToken">Ends waiting and new leases; what has begun is finished.</param>
    /// <returns>True when there may be more to do at once.</returns>
    Task<bool> RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Completes when everything that passes have begun is done and written down.</summary>
    Task FinishAsync() => Task.CompletedTask;
}
