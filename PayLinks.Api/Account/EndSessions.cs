using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

/// <summary>Signs somebody out elsewhere: in one browser, or in all but this one.</summary>
internal static class EndSessions
{
    /// <summary>In the place of one session's name.</summary>
    public const string Others = "others";

    public static async Task<IResult> HandleAsync(
        HttpContext context, Staff staff, Sessions sessions, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var wanted = form["session"].ToString();
        if (wanted == Others)
        {
            await sessions.EndOthersAsync(staff.UserId, staff.SessionKey, cancellationToken);
        }
        else if ((await sessions.ListAsync(staff.UserId, staff.SessionKey, cancellationToken))
            .FirstOrDefault(one => one.Key == wanted) is { } found)
        {
            await sessions.EndOneAsync(staff.UserId, found.KeyHash, cancellationToken);
        }

        // What is not there has ended already.
        return ConsoleResults.SeeOther(RenderAccount.Path + "?done=ended");
    }
}
