namespace PayLinks.Sandbox.Callbacks;

/// <summary>
/// Something a provider has to tell PayLinks, kept until it is acknowledged or given up: a form post, or the exact
/// bytes of a JSON body. The waits of its schedule count from <see cref="FirstDueAt"/>, by the sandbox clock.
/// </summary>
internal sealed record Callback(
    string Id, string Provider, string Url, IReadOnlyDictionary<string, string>? Form, string? Json,
    DateTimeOffset FirstDueAt, int AttemptsMade);
