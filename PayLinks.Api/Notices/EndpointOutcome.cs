using PayLinks.Api.Links;

namespace PayLinks.Api.Notices;

/// <summary>What became of something done to a webhook endpoint.</summary>
public abstract record EndpointOutcome
{
    private EndpointOutcome()
    {
    }

    /// <param name="Secret">A new secret, shown this once.</param>
    public sealed record Done(EndpointView Endpoint, string? Secret = null) : EndpointOutcome;

    /// <summary>There is no such endpoint or event, or not for this actor.</summary>
    public sealed record NotFound : EndpointOutcome;

    /// <param name="Code">One of <see cref="EndpointConflicts"/>.</param>
    public sealed record Conflict(string Code) : EndpointOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : EndpointOutcome;
}

/// <summary>Why something cannot be done to an endpoint, as the API spells it.</summary>
public static class EndpointConflicts
{
    public const string TooMany = "too_many_endpoints";
    public const string Disabled = "endpoint_disabled";
}
