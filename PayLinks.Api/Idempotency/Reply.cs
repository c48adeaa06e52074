using PayLinks.Api.Problems;

namespace PayLinks.Api.Idempotency;

/// <summary>What a POST comes to: an answer to keep, or a refusal that leaves nothing behind.</summary>
internal abstract record Reply
{
    private Reply()
    {
    }

    /// <param name="Body">JSON, sent as it is, now and to whoever repeats the request.</param>
    /// <param name="Location">The path of what was made, if something was.</param>
    /// <param name="Committed">Runs once the work is safe: wakes whoever is waiting for it.</param>
    public sealed record Kept(int Status, byte[] Body, string? Location, Action Committed) : Reply;

    public sealed record Refused(Problem Problem) : Reply;
}
