namespace PayLinks.Api.Notices;

/// <summary>What stands in the form of an endpoint, so that nothing is lost when it is shown again.</summary>
/// <param name="Choice"><c>all</c> events, or <c>some</c>: those that are ticked.</param>
public sealed record TypedEndpoint(string Url, string Choice, IReadOnlyList<string> Ticked)
{
    public const string All = "all";
    public const string Some = "some";

    public static TypedEndpoint Empty { get; } = new("", All, []);

    public static TypedEndpoint Of(IFormCollection form) => new(
        form["url"].ToString().Trim(), form["events"].ToString(), [.. form["event"].OfType<string>()]);

    public static TypedEndpoint Of(EndpointView endpoint) =>
        new(endpoint.Url, endpoint.Events.Count == 0 ? All : Some, endpoint.Events);

    public EndpointDraft ToDraft() => new(Url, Choice switch
    {
        All => [],
        Some when Ticked.Count > 0 => Ticked,
        // An empty list would mean all: what is no choice is given as no event, which the validator refuses.
        _ => [""],
    });

    public static string FieldOf(string pointer) => pointer == "/url" ? "url" : "events";
}
