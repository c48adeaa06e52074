using System.Text.Json;
using System.Text.Json.Serialization;

namespace PayLinks.Sandbox.Control;

/// <summary>Reads what a test orders. Whatever cannot be read is a 400 that says why.</summary>
internal static class Input
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads the body; an empty one stands for an object without fields.</summary>
    public static async Task<(T? Order, IResult? Refusal)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        var body = await http.ReadBodyAsync();
        try
        {
            return JsonSerializer.Deserialize<T>(body.Length == 0 ? "{}"u8 : body, Strict) is { } order
                ? (order, null)
                : (null, Refuse("The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            // The framework's own words name types of ours, which say nothing to the reader.
            var fields = typeof(T).GetConstructors()[0].GetParameters()
                .Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name!));
            var place = exception.Path ?? "$";
            return (null, Refuse(
                $"The body must be a JSON object with the fields {string.Join(", ", fields)}. Look at {place}."));
        }
    }

    public static IResult Refuse(string detail) => Results.Problem(detail, statusCode: 400, title: "Bad Request");

    public static IResult Missing(string what, string id) =>
        Results.Problem($"There is no {what} {id}.", statusCode: 404, title: "Not Found");

    public static IResult Conflict(string detail) => Results.Problem(detail, statusCode: 409, title: "Conflict");
}
