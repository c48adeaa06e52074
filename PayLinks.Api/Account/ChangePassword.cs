using Microsoft.AspNetCore.Identity;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

/// <summary>
/// A new password for whoever gives the old one. It ends every session that the old one began; this browser gets a new
/// one.
/// </summary>
internal static class ChangePassword
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, Staff staff, UserManager<StaffUser> users, Attempts attempts,
        Sessions sessions, RenderAccount render, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (old, chosen) = (form["oldPassword"].ToString(), form["newPassword"].ToString());
        var problems = Problems(chosen, form["newAgain"].ToString(), page.Words.Account);
        if (problems.Count > 0)
        {
            return await render.AgainAsync(context, page, staff, problems, cancellationToken);
        }

        if (await attempts.ProveAsync(staff.UserId, old, cancellationToken) is not { } user)
        {
            return await render.AgainAsync(
                context, page, staff, [new("oldPassword", attempts.Say(page.Words.Account.WrongPassword))],
                cancellationToken);
        }

        if (!(await users.ChangePasswordAsync(user, old, chosen)).Succeeded)
        {
            return await render.AgainAsync(
                context, page, staff, [new("newPassword", page.Words.Account.PasswordShape)], cancellationToken);
        }

        if (await sessions.StartAsync(context, user, withSecondFactor: true, cancellationToken) is not { } key)
        {
            return ConsoleResults.SeeOther("/");
        }

        await sessions.EndOthersAsync(staff.UserId, key, cancellationToken);
        await StaffCookie.SignInAsync(context, user.Id, key, staff.MerchantId);
        return ConsoleResults.SeeOther(RenderAccount.Path + "?done=password");
    }

    private static List<FormProblem> Problems(string chosen, string again, AccountWords words)
    {
        var problems = new List<FormProblem>();
        if (chosen.Length is < StaffPassword.MinLength or > StaffPassword.MaxLength)
        {
            problems.Add(new FormProblem("newPassword", words.PasswordShape));
        }
        else if (again != chosen)
        {
            problems.Add(new FormProblem("newAgain", words.PasswordsDiffer));
        }

        return problems;
    }
}
