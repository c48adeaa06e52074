using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PayLinks.Api.Idempotency;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Docs;

/// <summary>Parameters and headers that handlers read by hand.</summary>
internal static class DescribeOperations
{
    public static Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(known => known.Name == "id"))
        {
            parameter.Description = IdOf(context.Description.RelativePath!);
        }

        foreach (var parameter in ParametersOf(operation.OperationId))
        {
            operation.Parameters.Add(parameter);
        }

        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            operation.Parameters.Add(Parameter(
                IdempotencyKey.Header, ParameterLocation.Header,
                "1 to 255 visible ASCII characters. The same key with the same request gets the first answer again."));
        }

        foreach (var (status, answer) in operation.Responses!)
        {
            Describe(int.Parse(status, CultureInfo.InvariantCulture), (OpenApiResponse)answer);
        }

        return Task.CompletedTask;
    }

    private static string IdOf(string path) => path.Split('/')[1] switch
    {
        "events" => "The event's id, like `evt_01jd…`.",
        "webhook-endpoints" => "The endpoint's id, like `whe_01jd…`.",
        _ => "The link's id, like `pl_01jd…`.",
    };

    private static IEnumerable<OpenApiParameter> ParametersOf(string? operationId) => operationId switch
    {
        "listLinks" =>
        [
            Query(
                "status", "As the links show it.",
                [.. Enum.GetValues<LinkStatus>().Select(status => status.ToText())]),
            Query("reference", "The whole reference, in upper or lower case."),
            Query("phone", "In any usual form."),
            Query("createdFrom", "RFC 3339, inclusive."),
            Query("createdTo", "RFC 3339, exclusive."),
            Query(
                "q",
                "The beginning of a reference or a customer's name, the end of a phone number, the last four digits "
                + "of the card that paid, or a link's id."),
            Limit(),
            Query("after", "A `nextCursor`: goes on further down, to older links."),
            Query("before", "A `nextCursor`: goes back up, to newer links."),
        ],
        "getTakings" or "getTakingsCsv" =>
        [
            Day("from", "The first day, at the merchant's. By default as many as make thirty days."),
            Day("to", "The last day, inclusive. By default today. At most 366 days in all."),
            Query("by", "By day is the only way, and the default.", "day"),
            Query("currency", "Only what moved in this currency, ISO 4217."),
        ],
        "listEvents" => [Limit(), Query("after", "A `nextCursor`: goes on with later events.")],
        "streamEvents" =>
        [
            Query("after", "A `nextCursor` of the feed: begins after that event."),
            Parameter("Last-Event-ID", ParameterLocation.Header, "The `id` of the last event heard; before `after`."),
        ],
        "listWebhookEndpoints" or "listDeliveries" =>
            [Limit(), Query("after", "A `nextCursor`: goes on further down, to older lines.")],
        "listLinkEvents" => [Limit(), Query("after", "A `nextCursor`, or a sequence: goes on with later events.")],
        _ => [],
    };

    private static void Describe(int status, OpenApiResponse answer)
    {
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        answer.Headers["X-Request-Id"] = Header("Our id of the request; name it when you ask us.");
        if (status is 409 or 429 or 503)
        {
            answer.Headers["Retry-After"] = Header("Seconds to wait before asking again, where that may help.");
        }
    }

    private static OpenApiParameter Limit()
    {
        var limit = Parameter("limit", ParameterLocation.Query, "How many lines, at most.");
        limit.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "250" };
        return limit;
    }

    private static OpenApiParameter Day(string name, string description)
    {
        var day = Parameter(name, ParameterLocation.Query, description);
        ((OpenApiSchema)day.Schema!).Format = "date";
        return day;
    }

    private static OpenApiParameter Query(string name, string description, params IReadOnlyList<string> values)
    {
        var parameter = Parameter(name, ParameterLocation.Query, description);
        if (values.Count > 0)
        {
            ((OpenApiSchema)parameter.Schema!).Enum = [.. values.Select(value => JsonValue.Create(value)!)];
        }

        return parameter;
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation place, string description) => new()
    {
        Name = name,
        In = place,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiHeader Header(string description) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
