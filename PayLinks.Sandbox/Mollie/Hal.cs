using System.Globalization;
using System.Text.Json.Nodes;

namespace PayLinks.Sandbox.Mollie;

/// <summary>The pieces that all of Mollie's answers are made of.</summary>
internal static class Hal
{
    public const string ContentType = "application/hal+json";

    public static JsonObject Link(string href, string type = ContentType) => new() { ["href"] = href, ["type"] = type };

    public static JsonObject Documentation(string page) => Link($"https://docs.mollie.com/{page}", "text/html");

    /// <summary>A time as Mollie writes it: with offset, without fractions.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static Answer Ok(JsonNode body) => Answer.Json(200, body, ContentType);

    public static Answer Created(JsonNode body) => Answer.Json(201, body, ContentType);
}
