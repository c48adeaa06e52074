using PayLinks.Api.Links;

namespace PayLinks.Api.V1;

/// <summary>The program that calls, known by its API key.</summary>
internal sealed record ApiCaller(Guid KeyId, Actor Actor, IReadOnlyList<string> Scopes)
{
    /// <summary>For handlers that ask for it; <see cref="ApiKeyGate"/> has let the caller in before.</summary>
    public static ValueTask<ApiCaller?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<ApiCaller>());
}

/// <summary>What a key may be allowed to do, and what an operation needs.</summary>
internal static class Scopes
{
    public const string LinksRead = "links:read";
    public const string LinksWrite = "links:write";
    public const string RefundsWrite = "refunds:write";
    public const string EventsRead = "events:read";
    public const string WebhooksWrite = "webhooks:write";

    public static IReadOnlyList<string> All { get; } =
        [LinksRead, LinksWrite, RefundsWrite, EventsRead, WebhooksWrite];
}

/// <summary>Marks an endpoint that takes an API key with this scope.</summary>
internal sealed record NeedsScope(string Scope);
