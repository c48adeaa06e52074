using PayLinks.Api.Problems;

namespace PayLinks.Api.V1;

/// <summary>How the endpoints say what they take and answer; the API's description is made from it.</summary>
internal static class Contract
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    extension(RouteHandlerBuilder endpoint)
    {
        public RouteHandlerBuilder Needs(string scope) => endpoint.WithMetadata(new NeedsScope(scope));

        public RouteHandlerBuilder Named(string operationId, string summary) =>
            endpoint.WithName(operationId).WithSummary(summary);

        public RouteHandlerBuilder Describes(string promise) => endpoint.WithDescription(promise);

        public RouteHandlerBuilder Takes<TBody>(bool isOptional = false)
            where TBody : notnull =>
            endpoint.Accepts<TBody>(isOptional, Json);

        public RouteHandlerBuilder Answers<TAnswer>(int status, string contentType = Json) =>
            endpoint.Produces<TAnswer>(status, contentType);

        public RouteHandlerBuilder AnswersNothing() => endpoint.Produces(StatusCodes.Status204NoContent);

        public RouteHandlerBuilder AnswersFile(string contentType) =>
            endpoint.Produces<byte[]>(StatusCodes.Status200OK, contentType);

        /// <summary>Beside what any request may come to: no key, no scope, too many, our own failure.</summary>
        public RouteHandlerBuilder Refuses(params IEnumerable<int> statuses)
        {
            foreach (var status in statuses.Concat([401, 403, 429, 500, 503]).Order())
            {
                endpoint.Produces<ProblemBody>(status, ProblemJson);
            }

            return endpoint;
        }
    }
}
