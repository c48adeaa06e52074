using System.Text.Json.Nodes;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Errors in Mollie's shape.</summary>
internal static class MollieError
{
    public static Answer Unauthorized() =>
        Of(401, "Missing authentication, or failed to authenticate", title: "Unauthorized Request");

    public static Answer Forbidden(string detail) => Of(403, detail);

    public static Answer NotFound(string what, string id) => Of(404, $"No {what} exists with token {id}.");

    public static Answer Conflict(string detail) => Of(409, detail);

    public static Answer BadRequest(string detail, string? field = null) => Of(400, detail, field);

    public static Answer Unprocessable(string field, string detail) => Of(422, detail, field);

    /// <summary>An error that was ordered as a fault.</summary>
    public static Answer Outage(int status) => Of(status, status switch
    {
        429 => "You have exceeded the rate limit. Please slow down your requests.",
        503 => "Payment platform for this payment method temporarily not available",
        _ => "The server encountered an unexpected condition.",
    });

    private static Answer Of(int status, string detail, string? field = null, string? title = null)
    {
        var body = new JsonObject
        {
            ["status"] = status,
            ["title"] = title ?? Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            ["detail"] = detail,
        };

        if (field is not null)
        {
            body["field"] = field;
        }

        body["_links"] = new JsonObject { ["documentation"] = Hal.Documentation("overview/handling-errors") };
        return Answer.Json(status, body, Hal.ContentType);
    }
}
