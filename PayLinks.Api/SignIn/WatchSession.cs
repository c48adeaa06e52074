namespace PayLinks.Api.SignIn;

/// <summary>
/// Tells a page how long its session lasts, so that nobody is surprised in the middle of a form. Asking keeps no
/// session alive; posting, as the button does that says so, is a click like any other.
/// </summary>
internal static class WatchSession
{
    public const string Path = "/session";

    public static async Task<IResult> HandleAsync(
        HttpContext context, Sessions sessions, CancellationToken cancellationToken)
    {
        if (StaffCookie.SessionOf(context) is not { } session)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var open = await sessions.ListAsync(session.UserId, session.Key, cancellationToken);
        return open.FirstOrDefault(one => one.IsThis) is { } live
            ? Results.Content(
                $$"""{"endsIn":{{Seconds(live.EndsIn)}},"endsAtMostIn":{{Seconds(live.EndsAtMostIn)}}}""",
                "application/json")
            : Results.StatusCode(StatusCodes.Status401Unauthorized);
    }

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;
}
