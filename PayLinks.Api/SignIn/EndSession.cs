using Microsoft.AspNetCore.Authentication;
using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

/// <summary>Signs out: the session ends in the database, so a copy of its cookie is worth nothing.</summary>
internal static class EndSession
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, Sessions sessions, CancellationToken cancellationToken)
    {
        if (StaffCookie.SessionOf(context) is { } session)
        {
            await sessions.EndAsync(session.Key, cancellationToken);
        }

        await context.SignOutAsync(StaffCookie.Scheme);
        return ConsoleResults.SeeOther("/");
    }
}
