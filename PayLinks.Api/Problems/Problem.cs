using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PayLinks.Api.Links;
using PayLinks.Core.Hosting;

namespace PayLinks.Api.Problems;

/// <summary>A refusal as RFC 9457 writes it, in the caller's language.</summary>
/// <param name="code">One of <see cref="ProblemCodes"/>.</param>
internal sealed class Problem(string code) : IResult
{
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>For answers that may be asked for again; whole seconds, at least one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// A card number anywhere is what the caller must learn first. That somebody has opted out is nothing to mend, so
    /// it is only looked at when the rest is right.
    /// </summary>
    public static Problem Fields(IReadOnlyList<FieldError> errors) =>
        new(errors.Any(error => error.Code == FieldCodes.CardDataNotAllowed) ? ProblemCodes.CardDataNotAllowed
            : errors.Any(error => error.Code == FieldCodes.OptedOut) ? ProblemCodes.OptedOut
            : ProblemCodes.InvalidFields)
        {
            Errors = errors,
        };

    /// <summary>A length of time as <c>Retry-After</c> wants it.</summary>
    public static string WholeSeconds(TimeSpan wait) =>
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var language = Language.Of(httpContext.Request);
        var text = ProblemWords.In(language).Of(code);
        var words = LinkErrorWords.In(language);
        var status = ProblemCodes.StatusOf(code);

        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        response.Headers.ContentLanguage = language;
        response.Headers.Vary = "Accept-Language";
        if (status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"PayLinks\"";
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = WholeSeconds(wait);
        }

        var options = httpContext.RequestServices.GetRequiredService<PayLinksOptions>();
        var body = new ProblemBody(
            $"{options.PublicUrl.TrimEnd('/')}/docs/errors/{code}", text.Title, status, text.Detail, code,
            [.. Errors.Select(error => new FieldErrorBody(error.Pointer, error.Code, words.Of(error)))],
            httpContext.TraceIdentifier);
        return JsonSerializer.SerializeAsync(
            response.Body, body, ProblemJson.Readable.ProblemBody, httpContext.RequestAborted);
    }
}

/// <summary>A refusal (RFC 9457).</summary>
/// <param name="Type">The address of a page that explains the code.</param>
/// <param name="Code">What to branch on.</param>
/// <param name="Errors">Each field that is wrong; empty when the request as a whole is.</param>
/// <param name="RequestId">Also in the header X-Request-Id, and in our logs.</param>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<FieldErrorBody> Errors,
    string RequestId);

/// <param name="Pointer">A JSON pointer into the body, or a slash and the name of a query parameter.</param>
/// <param name="Detail">How to mend it.</param>
public sealed record FieldErrorBody(string Pointer, string Code, string Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>Leaves letters with accents as they are; nothing here is ever put into a page.</summary>
    public static readonly ProblemJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
