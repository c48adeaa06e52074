using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

/// <summary>Takes a passkey back, of a device that is lost above all. Only its owner's own.</summary>
internal static class RemovePasskey
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, Staff staff, Passkeys passkeys, CancellationToken cancellationToken)
    {
        var wanted = (await context.Request.ReadFormAsync(cancellationToken))["passkey"].ToString();
        if ((await passkeys.ListAsync(staff.UserId, cancellationToken))
            .FirstOrDefault(passkey => passkey.Key == wanted) is { } found)
        {
            await passkeys.RemoveAsync(staff.UserId, found.CredentialId, cancellationToken);
        }

        // What is not there has been removed already.
        return ConsoleResults.SeeOther(RenderAccount.Path + "?done=removed");
    }
}
