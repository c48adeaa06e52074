using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

/// <summary>
/// Marks what a page asks for by itself, to stay current: it does not keep a session from running out.
/// </summary>
internal sealed class OnlyWatches
{
    /// <summary>Sent by our scripts when they fetch a page that a person has not asked for.</summary>
    public const string Header = "X-Only-Watches";

    public static bool Of(HttpContext context) =>
        context.Request.Headers.ContainsKey(Header)
            || context.GetEndpoint()?.Metadata.GetMetadata<OnlyWatches>() is not null;
}

/// <summary>
/// The cookie that names a session. It carries the session's key and the chosen merchant and nothing that decides: each
/// request asks the database whether the session lives and what its person may do.
/// </summary>
internal static class StaffCookie
{
    public const string Scheme = "staff";
    public const string Name = "__Host-paylinks";

    private const string KeyClaim = "session";
    private const string MerchantClaim = "merchant";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = Name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.Path = "/";
        // The database ends sessions, by its own clock; the browser forgets the cookie when it is closed.
        cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnRedirectToLogin = AskToSignIn;
        cookie.Events.OnRedirectToAccessDenied = RefuseAsync;
    }

    /// <summary>Hands out the cookie of a session, in place of any other.</summary>
    /// <param name="merchantId">Null while a person with several merchants has not chosen one.</param>
    public static Task SignInAsync(HttpContext context, Guid userId, string sessionKey, Guid? merchantId)
    {
        // Antiforgery binds its fields to the name identifier, so that one person's form is void in another's session.
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, userId.ToString()), new Claim(KeyClaim, sessionKey)], Scheme);
        if (merchantId is { } merchant)
        {
            identity.AddClaim(new Claim(MerchantClaim, merchant.ToString()));
        }

        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>The session of somebody who is signed in, whether or not they have chosen a merchant.</summary>
    public static (Guid UserId, string Key)? SessionOf(HttpContext context) =>
        context.User.FindFirstValue(KeyClaim) is { } key
        && Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            ? (userId, key)
            : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext validation)
    {
        var context = validation.HttpContext;
        var merchant = validation.Principal?.FindFirstValue(MerchantClaim);
        var found = validation.Principal?.FindFirstValue(KeyClaim) is { } key
            ? await context.RequestServices.GetRequiredService<Sessions>().FindAsync(
                key,
                merchant is null ? null : Guid.Parse(merchant),
                OnlyWatches.Of(context),
                context.RequestAborted)
            : null;

        // Ended, or no longer a member there: whoever is signed in as nothing has to sign in again.
        if (found is null || (merchant is not null && found.Staff is null))
        {
            validation.RejectPrincipal();
            return;
        }

        if (found.Staff is { } staff)
        {
            context.Features.Set(staff);
        }
    }

    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        var request = redirect.Request;
        if (OnlyWatches.Of(redirect.HttpContext))
        {
            redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        // What was posted is lost with the session, so the way back leads to the page and not to its action.
        var next = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : "";
        redirect.Response.StatusCode = StatusCodes.Status303SeeOther;
        redirect.Response.Headers.Location = next.Length is 0 or > 1000 ? "/" : $"/?next={Uri.EscapeDataString(next)}";
        return Task.CompletedTask;
    }

    private static async Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        var context = redirect.HttpContext;
        if (SessionOf(context) is not null && Staff.Of(context) is null)
        {
            redirect.Response.StatusCode = StatusCodes.Status303SeeOther;
            redirect.Response.Headers.Location = "/merchants";
            return;
        }

        var page = await ConsolePage.BindAsync(context);
        await page.Notice(page.Words.NotAllowed, StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }
}
