using PayLinks.Api.SignIn;

namespace PayLinks.Api.Console;

/// <summary>
/// The language of the console: what was asked for or chosen here before, else the browser's, else Italian.
/// </summary>
internal static class ChooseLanguage
{
    private const string CookieName = "__Host-lang";

    private static readonly string[] Offered = ["it", "en"];

    public static string Of(HttpContext context) =>
        Known(context.Request.Query["lang"].ToString())
        ?? Known(context.Request.Cookies[CookieName])
        ?? OfBrowser(context.Request)
        ?? Offered[0];

    /// <summary>Remembers a choice in this browser.</summary>
    public static async Task<IResult> HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (Known(form["lang"].ToString()) is { } language)
        {
            context.Response.Cookies.Append(CookieName, language, new CookieOptions
            {
                Path = "/",
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
            });
        }

        return ConsoleResults.SeeOther(ShowSignIn.LocalPath(form["next"].ToString()) ?? "/");
    }

    private static string? OfBrowser(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Known(language.Value.ToString().Split('-')[0]))
            .FirstOrDefault(language => language is not null);

    private static string? Known(string? language) =>
        Array.Find(Offered, offered => string.Equals(offered, language, StringComparison.OrdinalIgnoreCase));
}
