using PayLinks.Api.Notices;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

// Events and webhook endpoints: what comes in and what goes out.

/// <summary>A webhook endpoint to make.</summary>
/// <param name="Url">Where to post; https, on port 443 or 8443, at a public address.</param>
/// <param name="Events">The types to be told of; none means all.</param>
public sealed record NewEndpointBody(string? Url, IReadOnlyList<string>? Events)
{
    internal EndpointDraft ToDraft() => new(Url, Events);
}

/// <summary>What to change; what is left out stays.</summary>
/// <param name="Disabled">True: nothing is posted any more. False: also takes back that the endpoint was gone.</param>
public sealed record EndpointChangeBody(string? Url, IReadOnlyList<string>? Events, bool? Disabled)
{
    internal EndpointDraft ToDraft() => new(Url, Events, Disabled);
}

/// <summary>A period whose events to post again; without either, all notices that failed.</summary>
/// <param name="From">RFC 3339, inclusive.</param>
/// <param name="To">RFC 3339, exclusive.</param>
public sealed record RedeliverBody(string? From, string? To);

/// <summary>A webhook endpoint.</summary>
/// <param name="Events">The types it is told of; none means all.</param>
/// <param name="DisabledReason">merchant, or gone if it answered 410.</param>
/// <param name="PreviousSecretUntil">How long the secret before the last rotation signs beside the new one.</param>
public sealed record EndpointAnswer(
    string Id, string Url, IReadOnlyList<string> Events, bool Disabled, string? DisabledReason,
    DateTimeOffset CreatedAt, DateTimeOffset? PreviousSecretUntil)
{
    internal static EndpointAnswer From(EndpointView endpoint) => new(
        PublicId.Format(PublicId.Endpoint, endpoint.Id), endpoint.Url, endpoint.Events, endpoint.IsDisabled,
        endpoint.DisabledReason, endpoint.CreatedAt, endpoint.PreviousSecretUntil);
}

/// <summary>A webhook endpoint with a new secret.</summary>
/// <param name="Secret">whsec_ and the key in base64; shown this once.</param>
public sealed record EndpointSecretAnswer(
    string Id, string Url, IReadOnlyList<string> Events, bool Disabled, string? DisabledReason,
    DateTimeOffset CreatedAt, DateTimeOffset? PreviousSecretUntil, string Secret)
{
    internal static EndpointSecretAnswer From(EndpointView endpoint, string secret)
    {
        var plain = EndpointAnswer.From(endpoint);
        return new EndpointSecretAnswer(
            plain.Id, plain.Url, plain.Events, plain.Disabled, plain.DisabledReason, plain.CreatedAt,
            plain.PreviousSecretUntil, secret);
    }
}

/// <summary>Part of a list, newest first.</summary>
public sealed record EndpointPageAnswer(IReadOnlyList<EndpointAnswer> Data, bool HasMore, string? NextCursor);

/// <summary>How many notices are posted again; hasMore: as many as fit at once, ask again for the rest.</summary>
public sealed record RedeliveryAnswer(int Notices, bool HasMore);

/// <param name="WebhookId">The event's id: the same for each post of it.</param>
/// <param name="Body">Byte for byte.</param>
public sealed record DeliveryRequestAnswer(string Url, string WebhookId, long WebhookTimestamp, string Body);

/// <param name="Body">The first 2 KB.</param>
public sealed record DeliveryResponseAnswer(int Status, string Body);

/// <summary>One post to an endpoint.</summary>
/// <param name="Attempt">Which one it was since the notice was asked for, from 1.</param>
/// <param name="Outcome">delivered, refused, gone, timeout, unreachable or blocked.</param>
/// <param name="LatencyMs">From the first packet to the last, in milliseconds.</param>
/// <param name="Response">Null if no answer came.</param>
/// <param name="NoticeStatus">Where the notice stands now: pending, retry, delivered or dead.</param>
/// <param name="NextAttemptAt">When it is posted again, if it is.</param>
public sealed record DeliveryAnswer(
    string Id, string Event, string Type, int Attempt, string Outcome, DateTimeOffset CreatedAt, long LatencyMs,
    DeliveryRequestAnswer Request, DeliveryResponseAnswer? Response, string NoticeStatus,
    DateTimeOffset? NextAttemptAt)
{
    internal static DeliveryAnswer From(Delivery delivery)
    {
        var eventId = PublicId.Format(PublicId.Event, delivery.EventId);
        return new DeliveryAnswer(
            PublicId.Format(PublicId.Delivery, delivery.Id), eventId, delivery.Type, delivery.Attempt,
            delivery.Outcome.ToText(), delivery.CreatedAt, (long)delivery.Latency.TotalMilliseconds,
            new DeliveryRequestAnswer(
                delivery.Url, eventId, delivery.SentAt.ToUnixTimeSeconds(), delivery.Body),
            delivery.StatusCode is { } status ? new DeliveryResponseAnswer(status, delivery.Answer ?? "") : null,
            delivery.Status.ToText(), delivery.NextAt);
    }
}

/// <summary>Part of a log, newest first.</summary>
public sealed record DeliveryPageAnswer(IReadOnlyList<DeliveryAnswer> Data, bool HasMore, string? NextCursor);

/// <summary>Part of the feed, oldest first.</summary>
/// <param name="NextCursor">The id of the last event here: repeat the request with it as after, now or later.</param>
public sealed record LinkEventPageAnswer(IReadOnlyList<LinkEventAnswer> Data, bool HasMore, string? NextCursor);
