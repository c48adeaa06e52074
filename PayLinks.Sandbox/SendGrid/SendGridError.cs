using System.Text.Json.Nodes;

namespace PayLinks.Sandbox.SendGrid;

/// <summary>Errors in SendGrid's shape.</summary>
internal static class SendGridError
{
    public static Answer Of(int status, string message, string? field = null) => Answer.Json(status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["field"] = field, ["help"] = null }),
    });

    /// <summary>An error that was ordered as a fault.</summary>
    public static Answer Outage(int status) => status switch
    {
        429 => Of(429, "too many requests")
            .With("X-RateLimit-Limit", "600").With("X-RateLimit-Remaining", "0"),
        503 => Of(503, "service unavailable"),
        _ => Of(500, "internal server error"),
    };
}
