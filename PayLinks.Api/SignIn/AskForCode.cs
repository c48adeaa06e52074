using Microsoft.AspNetCore.Identity;
using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

/// <param name="Recovery">They have no phone at hand, and type letters too.</param>
public sealed record CodeModel(bool Recovery, IReadOnlyList<FormProblem> Problems);

/// <summary>The second step of signing in: somebody whose password was right shows a code.</summary>
internal static partial class AskForCode
{
    public const string Path = "/sign-in/code";

    public static IResult Show(string? recovery, HttpContext context, ConsolePage page, HalfSignedIn half) =>
        half.Of(context) is null
            ? ConsoleResults.SeeOther("/")
            : page.Render<CodePage>(new CodeModel(recovery is not null, []));

    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, UserManager<StaffUser> users, Attempts attempts,
        Authenticators authenticators, HalfSignedIn half, LetIn letIn, AttemptLimiter limiter,
        ILogger<Sessions> logger, CancellationToken cancellationToken)
    {
        var words = page.Words.SignIn;
        if (half.Of(context) is not { } begun
            || await users.FindByIdAsync(begun.UserId) is not { } user || user.SecurityStamp != begun.Stamp)
        {
            return page.Render<SignInPage>(
                new SignInModel("", null, words.CodeTooLate), StatusCodes.Status422UnprocessableEntity);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (limiter.Count(context) is { } minutes)
        {
            return Again(words.TooManyAttempts(minutes), StatusCodes.Status429TooManyRequests);
        }

        // What can be no code is a slip and no guess.
        if (TypedCode.Read(form["code"].ToString()) is not { } code)
        {
            return Again(words.CodeShape);
        }

        if (await attempts.CountAsync(user.Id, cancellationToken)
            && await authenticators.AcceptAsync(user.Id, code, cancellationToken)
            && await letIn.ExecuteAsync(context, user, withSecondFactor: true, begun.Next, cancellationToken)
                is { } goOn)
        {
            HalfSignedIn.End(context);
            return goOn;
        }

        LogRefused(logger);
        return Again(attempts.Say(words.CodeWrong));

        IResult Again(string problem, int status = StatusCodes.Status422UnprocessableEntity) => page.Render<CodePage>(
            new CodeModel(form["recovery"] == "yes", [new FormProblem("code", problem)]), status);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A code was refused")]
    private static partial void LogRefused(ILogger logger);
}
