using Microsoft.AspNetCore.Identity;
using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

/// <summary>
/// Signs somebody in by a passkey alone: their device has it and has recognised them, so it is both factors. Guesses at
/// a password do not lock them out of this door.
/// </summary>
internal static partial class PasskeySignIn
{
    public const string Path = "/sign-in/passkey";

    private const string Purpose = "passkey/sign-in";

    /// <summary>A challenge for the browser, with what we need to know of it when it is answered.</summary>
    public static async Task<IResult> AskAsync(
        HttpContext context, IPasskeyHandler<StaffUser> passkeys, SealedForAWhile seal)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(user: null, context);
        var state = seal.Seal(Purpose, asked.AssertionState!);
        return Results.Content(
            $$"""{"options":{{asked.RequestOptionsJson}},"state":"{{state}}"}""", "application/json");
    }

    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, IPasskeyHandler<StaffUser> handler, Passkeys passkeys,
        SealedForAWhile seal, LetIn letIn, AttemptLimiter limiter, ILogger<Sessions> logger,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var next = ShowSignIn.LocalPath(form["next"].ToString());
        if (limiter.Count(context) is { } minutes)
        {
            return page.Render<SignInPage>(
                new SignInModel("", next, page.Words.SignIn.TooManyAttempts(minutes)),
                StatusCodes.Status429TooManyRequests);
        }

        if (seal.Open(Purpose, form["state"]) is { } asked)
        {
            var answer = await handler.PerformAssertionAsync(new PasskeyAssertionContext
            {
                HttpContext = context,
                CredentialJson = form["credential"].ToString(),
                AssertionState = asked.Content,
            });
            if (answer.Succeeded
                && await passkeys.UseAsync(answer.Passkey, asked.SealedAt, cancellationToken)
                && await letIn.ExecuteAsync(context, answer.User, withSecondFactor: true, next, cancellationToken)
                    is { } goOn)
            {
                return goOn;
            }
        }

        LogRefused(logger);
        return page.Render<SignInPage>(
            new SignInModel("", next, page.Words.SignIn.PasskeyRefused), StatusCodes.Status422UnprocessableEntity);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A passkey was refused")]
    private static partial void LogRefused(ILogger logger);
}
