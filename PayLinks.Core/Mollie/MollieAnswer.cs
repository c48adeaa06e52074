namespace PayLinks.Core.Mollie;

/// <summary>What became of a call to Mollie. Expected outcomes are values; only bugs are exceptions.</summary>
public abstract record MollieAnswer<T>
{
    private MollieAnswer()
    {
    }

    public sealed record Done(T Value) : MollieAnswer<T>;

    /// <summary>
    /// A definite no: nothing happened at Mollie, and asking again with the same words will not help.
    /// </summary>
    public sealed record Refused(MollieError Error) : MollieAnswer<T>;

    /// <summary>
    /// 409: the first request with this Idempotency-Key is still running, or Mollie thinks that this refund was already
    /// asked for.
    /// </summary>
    public sealed record Conflicted : MollieAnswer<T>;

    /// <summary>No answer to rely on.</summary>
    /// <param name="MayHaveHappened">False when it is certain that Mollie did nothing.</param>
    public sealed record Unavailable(bool MayHaveHappened) : MollieAnswer<T>;
}
