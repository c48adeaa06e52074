using System.Text.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Reads what Mollie reads: JSON, or the same as a form with brackets (<c>amount[value]=10.00</c>).</summary>
internal static class MollieBody
{
    public static async Task<(JsonObject Input, Answer? Refusal)> ReadAsync(HttpContext http)
    {
        var body = await http.ReadBodyAsync();
        if (body.Length == 0)
        {
            return ([], null);
        }

        var contentType = http.Request.ContentType ?? "";
        if (contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return (FromForm(await http.ReadFieldsAsync()), null);
        }

        if (!contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return ([], Answer.Json(415, new JsonObject
            {
                ["status"] = 415,
                ["title"] = "Unsupported Media Type",
                ["detail"] = "Send application/json or application/x-www-form-urlencoded.",
                ["_links"] = new JsonObject { ["documentation"] = Hal.Documentation("overview/handling-errors") },
            }, Hal.ContentType));
        }

        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })
                is JsonObject input
                ? (input, null)
                : ([], MollieError.BadRequest("The request body must be a JSON object."));
        }
        catch (JsonException)
        {
            return ([], MollieError.BadRequest("The request body contains invalid JSON."));
        }
    }

    private static JsonObject FromForm(IReadOnlyDictionary<string, string> fields)
    {
        var root = new JsonObject();
        foreach (var (name, value) in fields)
        {
            var path = name.Replace("]", "", StringComparison.Ordinal).Split('[');
            var parent = root;
            foreach (var step in path[..^1])
            {
                if (parent[step] is not JsonObject child)
                {
                    parent[step] = child = [];
                }

                parent = child;
            }

            parent[path[^1]] = value;
        }

        return root;
    }
}
