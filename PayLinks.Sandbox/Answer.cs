using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Sandbox;

/// <summary>
/// A finished answer, kept as bytes so that it can be replayed to a repeated request, held back or cut short by a
/// fault.
/// </summary>
internal sealed record Answer(
    int Status, string? ContentType, byte[] Body, FrozenDictionary<string, string> Headers) : IResult
{
    private static readonly FrozenDictionary<string, string> NoHeaders = FrozenDictionary<string, string>.Empty;

    private static readonly JsonSerializerOptions Plain =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Answer Json(int status, JsonNode body, string contentType = "application/json") =>
        new(status, contentType, JsonSerializer.SerializeToUtf8Bytes(body, Plain), NoHeaders);

    public static Answer Text(int status, string body, string contentType) =>
        new(status, contentType, System.Text.Encoding.UTF8.GetBytes(body), NoHeaders);

    public static Answer Empty(int status) => new(status, null, [], NoHeaders);

    public Answer With(string header, string value)
    {
        var headers = new Dictionary<string, string>(Headers) { [header] = value };
        return this with { Headers = headers.ToFrozenDictionary() };
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (ContentType is not null)
        {
            response.ContentType = ContentType;
        }

        if (Status != StatusCodes.Status204NoContent)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
