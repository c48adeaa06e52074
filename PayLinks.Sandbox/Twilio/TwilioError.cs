using System.Text.Json.Nodes;

namespace PayLinks.Sandbox.Twilio;

/// <summary>Errors in Twilio's shape.</summary>
internal static class TwilioError
{
    public static Answer Of(int code, string message, int status = 400) => Answer.Json(status, new JsonObject
    {
        ["code"] = code,
        ["message"] = message,
        ["more_info"] = $"https://www.twilio.com/docs/errors/{code}",
        ["status"] = status,
    });

    public static Answer NotFound(HttpContext http) =>
        Of(20404, $"The requested resource {http.Request.Path} was not found", 404);

    /// <summary>An error that was ordered as a fault.</summary>
    public static Answer Outage(int status) => status switch
    {
        429 => Of(20429, "Too Many Requests", 429),
        503 => Of(20503, "Service Unavailable", 503),
        _ => Of(20500, "An internal server error has occurred", 500),
    };
}
