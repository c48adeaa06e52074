namespace PayLinks.Bench;

/// <summary>Something that is measured, for PayLinks and for the least that could do it.</summary>
internal interface ICase
{
    /// <summary>As it is given to <c>./bench.sh</c>.</summary>
    string Name { get; }

    string Meaning { get; }

    Task<Result> RunAsync(ISubject subject, Installation installation);

    /// <summary>
    /// What PostgreSQL alone comes to with what the bare program has just left in it; null where that says nothing.
    /// </summary>
    Task<Result?> FindLimitAsync(Installation installation) => Task.FromResult<Result?>(null);
}

/// <summary>Who is measured: PayLinks, or the bare programs.</summary>
internal interface ISubject : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Starts the program that takes requests, unless it runs.</summary>
    Task StartApiAsync();

    /// <summary>The process number of that program.</summary>
    int ApiProcess { get; }

    Hosted StartWorker();

    /// <summary>
    /// Starts the worker that asks Mollie about payments, writes down what it says, and tells customer and merchant.
    /// </summary>
    Hosted StartSettler();

    /// <summary>Makes a link and sends it to this phone by SMS, as a client does.</summary>
    Task CreateAsync(string phone);

    /// <summary>To make a link and have it sent by SMS, again and again.</summary>
    Task<Load> LoadCreatingAsync();

    /// <summary>To open one of a thousand links, as customers do.</summary>
    Task<Load> LoadOpeningAsync();

    /// <summary>To list the newest 50 of a thousand links.</summary>
    Task<Load> LoadListingAsync();

    /// <summary>To hear from Mollie that something happened to each of so many payments.</summary>
    Task<Load> LoadCallingBackAsync(int payments);

    /// <summary>Makes everything that is queued yield to what comes later.</summary>
    Task MakeMailingAsync();

    /// <summary>Makes everything wait that has been sent, as if it had not.</summary>
    Task QueueAgainAsync();

    /// <summary>How many messages have been sent and written down as sent.</summary>
    Task<long> CountSentAsync();
}

/// <summary>What one round came to; what a case does not measure is left out.</summary>
internal sealed record Result
{
    public double? PerSecond { get; init; }

    public TimeSpan? P50 { get; init; }

    public TimeSpan? P99 { get; init; }

    /// <summary>Of our program and PostgreSQL together, for each message or request.</summary>
    public TimeSpan? Cpu { get; init; }

    public override string ToString() => string.Join(", ", new[]
    {
        PerSecond is { } rate ? $"{rate:0}/s" : null,
        P50 is { } p50 ? $"p50 {p50.TotalMilliseconds:0.0} ms" : null,
        P99 is { } p99 ? $"p99 {p99.TotalMilliseconds:0.0} ms" : null,
        Cpu is { } cpu ? $"CPU {cpu.TotalMicroseconds:0} µs" : null,
    }.OfType<string>());
}
