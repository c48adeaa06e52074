using System.Net;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using PayLinks.Api.Links;

namespace PayLinks.Api.Problems;

internal static class ProblemEndpoints
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhenTheDatabaseIsBack = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Turns what nobody handled into a problem: exceptions, and bare statuses from routing and the server.
    /// </summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app)
    {
        app.UseMiddleware<RequestId>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                var error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
                return For(error).ExecuteAsync(context);
            },
            SuppressDiagnosticsCallback = handled => IsExpected(handled.Exception),
        });
        app.UseStatusCodePages(status =>
        {
            var context = status.HttpContext;
            // A browser gets a page: see the console.
            return IsForPrograms(context.Request)
                ? new Problem(ProblemCodes.ForStatus(context.Response.StatusCode)).ExecuteAsync(context)
                : Task.CompletedTask;
        });
        return app;
    }

    /// <summary>The pages that the problems' <c>type</c> leads to.</summary>
    public static IEndpointRouteBuilder MapProblems(this IEndpointRouteBuilder app)
    {
        app.MapGet("/docs/errors/{code}", (string code, HttpRequest request) =>
            ProblemCodes.Exists(code)
                ? Results.Content(Page(code, Language.Of(request)), "text/html", Encoding.UTF8)
                : new Problem(ProblemCodes.NotFound))
            .ExcludeFromDescription();
        return app;
    }

    /// <summary>Whether who asks wants a problem to read by code, and not a page.</summary>
    public static bool IsForPrograms(HttpRequest request) =>
        request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
        || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Problem For(Exception error) => error switch
    {
        BadHttpRequestException bad => new Problem(ProblemCodes.ForStatus(bad.StatusCode)),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            new Problem(ProblemCodes.RequestInProgress) { RetryAfter = Shortly },
        _ when IsDatabaseAway(error) => new Problem(ProblemCodes.Unavailable) { RetryAfter = WhenTheDatabaseIsBack },
        _ => new Problem(ProblemCodes.InternalError),
    };

    private static bool IsExpected(Exception error) =>
        error is BadHttpRequestException or PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    // Not there, restarting, out of connections, or chosen as the victim of a deadlock.
    private static bool IsDatabaseAway(Exception error) =>
        error is NpgsqlException and ((not PostgresException) or { IsTransient: true });

    private static string Page(string code, string language)
    {
        var text = ProblemWords.In(language).Of(code);
        var words = LinkErrorWords.In(language);
        var fields = code is ProblemCodes.InvalidFields or ProblemCodes.InvalidBody or ProblemCodes.InvalidQuery
            ? string.Concat(FieldCodes.All.Select(field => Line(field, words.Of(new FieldError("", field, "…")))))
            : "";
        return
            $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(text.Title)}</title>
            </head>
            <body>
            <main>
            <h1>{Encode(text.Title)}</h1>
            <p><code>{code}</code> · HTTP {ProblemCodes.StatusOf(code)}</p>
            <p>{Encode(text.Detail)}</p>
            <dl>{fields}</dl>
            </main>
            </body>
            </html>

            """;
    }

    private static string Line(string field, string words) =>
        $"<dt><code>{field}</code></dt><dd>{Encode(words)}</dd>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
