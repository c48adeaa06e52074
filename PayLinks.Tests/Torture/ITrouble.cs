namespace PayLinks.Tests.Torture;

/// <summary>What happens to a system under torture.</summary>
internal interface ITrouble
{
    /// <summary>What was done, by kind.</summary>
    IReadOnlyDictionary<string, int> Caused { get; }

    /// <summary>Ends when it is told to, or has done all that was ordered.</summary>
    Task RunAsync(CancellationToken until);
}
