using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

internal static class ShowSignIn
{
    /// <param name="next">The page that sent here, to go on with afterwards.</param>
    public static IResult Handle(HttpContext context, ConsolePage page, string? next) =>
        page.Staff is { } staff ? ConsoleResults.SeeOther(LocalPath(next) ?? staff.Home)
        : StaffCookie.SessionOf(context) is not null ? ConsoleResults.SeeOther("/merchants")
        : page.Render<SignInPage>(new SignInModel("", LocalPath(next)));

    /// <summary>
    /// Null unless it is a path of this site: nobody is sent elsewhere by an address they were given.
    /// </summary>
    public static string? LocalPath(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= 1000 && !path.Any(char.IsControl)
            ? path
            : null;
}

/// <param name="Problem">Why the last attempt failed, in words.</param>
public sealed record SignInModel(string Email, string? Next, string? Problem = null);
