namespace PayLinks.Tests.Scale;

/// <summary>What is done to the machines under load.</summary>
internal interface IScenario
{
    /// <summary>Goes on until told to stop, and ends what it has begun.</summary>
    Task RunAsync(CancellationToken until);
}
