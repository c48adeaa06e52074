using Microsoft.AspNetCore.Identity;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

/// <param name="Options">What the browser is to make, in WebAuthn's JSON.</param>
/// <param name="State">What we need to know of it when it comes back.</param>
public sealed record NewPasskeyModel(string Options, string State);

/// <summary>
/// Adds a passkey in two steps: the password first, so that the device makes no key that we would then refuse; then the
/// device.
/// </summary>
internal static partial class AddPasskey
{
    public const string Path = RenderAccount.Path + "/passkeys";

    private const int NameMax = 60;
    private const int PasskeysMax = 20;

    public static async Task<IResult> AskAsync(
        HttpContext context, ConsolePage page, Staff staff, IPasskeyHandler<StaffUser> handler, Passkeys passkeys,
        Attempts attempts, SealedForAWhile seal, RenderAccount render, CancellationToken cancellationToken)
    {
        var words = page.Words.Account;
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = form["passkeyName"].ToString().Trim();
        var problem = name.Length is 0 or > NameMax || name.Any(char.IsControl)
            ? new FormProblem("passkeyName", words.PasskeyNameShape(NameMax))
            : (await passkeys.ListAsync(staff.UserId, cancellationToken)).Count >= PasskeysMax
                ? new FormProblem("passkeyName", words.TooManyPasskeys(PasskeysMax))
            : await attempts.ProveAsync(staff.UserId, form["passkeyPassword"].ToString(), cancellationToken) is null
                ? new FormProblem("passkeyPassword", attempts.Say(words.WrongPassword))
            : null;
        if (problem is not null)
        {
            return await render.ExecuteAsync(context, page, staff, [problem], name, done: null, cancellationToken);
        }

        var asked = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = staff.UserId.ToString(),
                Name = staff.Email,
                DisplayName = staff.DisplayName,
            },
            context);
        return page.Render<NewPasskeyPage>(new NewPasskeyModel(
            asked.CreationOptionsJson, seal.Seal(Purpose(staff), $"{name}\n{asked.AttestationState}")));
    }

    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, Staff staff, IPasskeyHandler<StaffUser> handler, Passkeys passkeys,
        SealedForAWhile seal, RenderAccount render, ILogger<RenderAccount> logger, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (seal.Open(Purpose(staff), form["state"])?.Content.Split('\n', 2) is [var name, var state])
        {
            var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext
            {
                HttpContext = context,
                CredentialJson = form["credential"].ToString(),
                AttestationState = state,
            });
            if (made.Succeeded)
            {
                made.Passkey.Name = name;
                await passkeys.SaveAsync(staff.UserId, made.Passkey, cancellationToken);
                return ConsoleResults.SeeOther(RenderAccount.Path + "?done=added");
            }
        }

        LogRefused(logger);
        return await render.AgainAsync(
            context, page, staff, [new("passkeyName", page.Words.Account.PasskeyNotMade)], cancellationToken);
    }

    private static string Purpose(Staff staff) => $"passkey/{staff.UserId}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A new passkey was refused")]
    private static partial void LogRefused(ILogger logger);
}
