namespace PayLinks.Worker.Sending;

/// <summary>
/// What became of handing one message to its provider. Expected outcomes are values; only bugs are exceptions.
/// </summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The provider has it.</summary>
    internal sealed record Accepted(string ProviderId) : SendOutcome;

    /// <summary>A definite no that trying again would not change.</summary>
    /// <param name="Reason">One of <see cref="Core.Messages.DeliveryReason"/>.</param>
    internal sealed record Refused(string Reason) : SendOutcome;

    /// <summary>It is certain that the provider did not take it; it may later.</summary>
    /// <param name="Reason">What to say if it never does.</param>
    internal sealed record NotNow(Obstacle Obstacle, string Reason) : SendOutcome;

    /// <summary>It is not sent at this hour.</summary>
    internal sealed record PutOff(TimeSpan Wait) : SendOutcome;

    /// <summary>The provider may or may not have it.</summary>
    internal sealed record Lost(Loss Loss) : SendOutcome;
}

/// <summary>What stands in the way, which tells how long to wait.</summary>
internal enum Obstacle
{
    /// <summary>The provider cannot be reached; it may be back in a second.</summary>
    Unreachable,

    /// <summary>The provider asks for less.</summary>
    Busy,

    /// <summary>The provider took it and did not get it delivered.</summary>
    Carrier,

    /// <summary>Somebody has to mend something.</summary>
    Setup,
}

/// <summary>How the answer was lost, which tells when the provider is certainly done with the request.</summary>
internal enum Loss
{
    /// <summary>It answered, with an error or with something unreadable.</summary>
    Error,

    /// <summary>The connection broke.</summary>
    Break,

    /// <summary>It did not answer in time.</summary>
    Silence,
}
