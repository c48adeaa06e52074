namespace PayLinks.Api.Accessibility;

/// <summary>What our pages do for people with disabilities, and what they do not do yet.</summary>
public sealed record AccessibilityWords
{
    public required string Title { get; init; }

    public required string Scope { get; init; }

    public required string Standard { get; init; }

    public required string GapsTitle { get; init; }

    public required IReadOnlyList<string> Gaps { get; init; }

    public required string ContactTitle { get; init; }

    /// <summary>Before the address of whoever is to be told; takes their name.</summary>
    public required Func<string, string> Tell { get; init; }

    public required string TellOperator { get; init; }

    /// <summary>Where no address of the operator's is known.</summary>
    public required string TellSender { get; init; }

    /// <summary>Takes the day of the statement.</summary>
    public required Func<string, string> MadeOn { get; init; }
}
