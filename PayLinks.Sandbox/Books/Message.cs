using System.Text.Json;

namespace PayLinks.Sandbox.Books;

/// <summary>An SMS or email that a provider has accepted. Times are the sandbox clock's.</summary>
internal sealed record Message
{
    public required string Id { get; init; }

    /// <summary>twilio or sendgrid.</summary>
    public required string Provider { get; init; }

    /// <summary>sms or email.</summary>
    public required string Channel { get; init; }

    public required string To { get; init; }

    public required string From { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    /// <summary>An email's own headers, like <c>List-Unsubscribe</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public int Segments { get; init; }

    public bool Inbound { get; init; }

    public int? ErrorCode { get; init; }

    public string? MessagingServiceSid { get; init; }

    public string? StatusCallback { get; init; }

    /// <summary>Deleted at Twilio: no longer shown by its API, but still a message that somebody got.</summary>
    public bool Deleted { get; init; }

    public JsonElement? CustomArgs { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>A phone that answered STOP to a sender.</summary>
internal sealed record OptOut(string Id, DateTimeOffset At)
{
    public static string IdOf(string sender, string phone) => $"{sender}|{phone}";
}

/// <summary>How far the clock was moved.</summary>
internal sealed record ClockMoved(TimeSpan Offset)
{
    public const string OnlyId = "clock";
}

/// <summary>
/// The first answer to a request with an Idempotency-Key, under profile and key. The hash is of method, path and body:
/// another request may not use the key.
/// </summary>
internal sealed record KeptAnswer(
    string Id, string RequestHash, int Status, string? ContentType, byte[] Body, DateTimeOffset At);
