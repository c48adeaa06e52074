using Microsoft.AspNetCore.Identity;
using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

/// <summary>
/// Signs somebody in by password, or asks on for their code. A wrong password, an unknown address and a locked account
/// get the same answer in the same time.
/// </summary>
internal static partial class StartSession
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, UserManager<StaffUser> users, Attempts attempts,
        Authenticators authenticators, HalfSignedIn half, LetIn letIn, AttemptLimiter limiter,
        ILogger<Sessions> logger, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var email = form["email"].ToString().Trim();
        var password = form["password"].ToString();
        var next = ShowSignIn.LocalPath(form["next"].ToString());

        if (limiter.Count(context) is { } minutes)
        {
            return page.Render<SignInPage>(
                new SignInModel(email, next, page.Words.SignIn.TooManyAttempts(minutes)),
                StatusCodes.Status429TooManyRequests);
        }

        if (await CheckAsync(users, attempts, email, password, cancellationToken) is { } user)
        {
            if (await authenticators.FindAsync(user.Id, cancellationToken) is not null)
            {
                half.Begin(context, user, next);
                return ConsoleResults.SeeOther(AskForCode.Path);
            }

            if (await letIn.ExecuteAsync(context, user, withSecondFactor: false, next, cancellationToken) is { } goOn)
            {
                return goOn;
            }
        }

        LogRefused(logger);
        return page.Render<SignInPage>(
            new SignInModel(email, next, attempts.Say(page.Words.SignIn.Wrong)),
            StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<StaffUser?> CheckAsync(
        UserManager<StaffUser> users, Attempts attempts, string email, string password,
        CancellationToken cancellationToken)
    {
        var user = email.Length is > 0 and <= 254 && password.Length is > 0 and <= StaffPassword.MaxLength
            ? await users.FindByEmailAsync(email)
            : null;
        if (user?.PasswordHash is null)
        {
            StaffPassword.CheckNobodys("nobody's password");
            return null;
        }

        // The password is checked even when its answer no longer counts: the time must not tell that the account is
        // locked.
        var mayTry = await attempts.CountAsync(user.Id, cancellationToken);
        return await users.CheckPasswordAsync(user, password) && mayTry ? user : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in was refused")]
    private static partial void LogRefused(ILogger logger);
}
