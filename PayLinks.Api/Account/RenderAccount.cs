using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

/// <param name="PasskeyName">What stands in the field for a new passkey's name.</param>
/// <param name="Done">What has just been done, in words.</param>
public sealed record AccountModel(
    IReadOnlyList<Passkey> Passkeys, TurnedOn? Authenticator, IReadOnlyList<OpenSession> Sessions, string PasskeyName,
    IReadOnlyList<FormProblem> Problems, string? Done);

/// <summary>The page of a person's own account, also when a form of it had problems.</summary>
public sealed class RenderAccount(Passkeys passkeys, Authenticators authenticators, Sessions sessions)
{
    public const string Path = "/account";

    /// <param name="passkeyName">As typed; null for a proposal.</param>
    public async Task<IResult> ExecuteAsync(
        HttpContext context, ConsolePage page, Staff staff, IReadOnlyList<FormProblem> problems, string? passkeyName,
        string? done, CancellationToken cancellationToken) =>
        page.Render<AccountPage>(
            new AccountModel(
                await passkeys.ListAsync(staff.UserId, cancellationToken),
                await authenticators.FindAsync(staff.UserId, cancellationToken),
                await sessions.ListAsync(staff.UserId, staff.SessionKey, cancellationToken),
                passkeyName ?? Device.Of(context.Request) ?? "",
                problems,
                done),
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    /// <summary>Shows the page again with what was wrong.</summary>
    public Task<IResult> AgainAsync(
        HttpContext context, ConsolePage page, Staff staff, IReadOnlyList<FormProblem> problems,
        CancellationToken cancellationToken) =>
        ExecuteAsync(context, page, staff, problems, passkeyName: null, done: null, cancellationToken);
}
