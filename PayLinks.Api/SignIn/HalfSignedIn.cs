namespace PayLinks.Api.SignIn;

/// <summary>
/// Somebody whose password was right and whose code is still to come. Their cookie is no session: it opens nothing but
/// the page that asks for the code, for five minutes, and is void once the password changes.
/// </summary>
public sealed class HalfSignedIn(SealedForAWhile seal)
{
    public const string CookieName = "__Host-paylinks-code";

    private const string Purpose = "half-signed-in";

    /// <param name="next">Where they wanted to go.</param>
    public void Begin(HttpContext context, StaffUser user, string? next) => context.Response.Cookies.Append(
        CookieName, seal.Seal(Purpose, $"{user.Id}\n{user.SecurityStamp}\n{next}"), Cookie());

    /// <summary>Null when nobody has given a password here, or too long ago.</summary>
    public Half? Of(HttpContext context) =>
        seal.Open(Purpose, context.Request.Cookies[CookieName])?.Content.Split('\n') is [var id, var stamp, var next]
            ? new Half(id, stamp, next.Length == 0 ? null : next)
            : null;

    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Cookie());

    private static CookieOptions Cookie() => new()
    {
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        MaxAge = SealedForAWhile.Lifetime,
        IsEssential = true,
    };

    /// <param name="Stamp">The security stamp of the password that was right.</param>
    public sealed record Half(string UserId, string Stamp, string? Next);
}
