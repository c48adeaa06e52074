using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.People;

/// <summary>How the one who has opened an invitation stands to it.</summary>
public enum Standing
{
    /// <summary>Nobody has an account under the invited address yet: whoever has the link makes it.</summary>
    IsNew,

    /// <summary>There is an account, and whoever has the link must show that it is theirs.</summary>
    MustSignIn,
    IsSignedIn,
    IsSomebodyElse,
}

/// <param name="Path">Of the invitation's page.</param>
public sealed record InvitationModel(
    OpenInvitation Invitation, string Path, Standing Standing, IReadOnlyList<FormProblem> Problems);

/// <summary>
/// The page that an invitation leads to, outside of any session. It knows no difference between an invitation that is
/// over, used or withdrawn and one that never was.
/// </summary>
internal static class AcceptInvitation
{
    private const string AcceptSql =
        """
        update invitation set accepted_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @Id and accepted_at is null and withdrawn_at is null
            and expires_at > paylinks_now()
        """;

    private const string AddUserSql = "select add_user(@id, @Email, @hash, @stamp)";

    // Whoever was let out since is not let in by an old invitation.
    private const string JoinSql =
        """
        insert into membership (merchant_id, user_id, role, display_name)
        values (paylinks_merchant(), @userId, @role, @Name)
        on conflict (merchant_id, user_id) do nothing
        """;

    public static async Task<IResult> ShowAsync(
        string token, HttpContext context, ConsolePage page, FindInvitation find, UserManager<StaffUser> users,
        CancellationToken cancellationToken) =>
        await find.ExecuteAsync(token, cancellationToken) is { } invitation
            ? await ShowAsync(context, page, invitation, users, [])
            : NotValid(page);

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, ConsolePage page, FindInvitation find, UserManager<StaffUser> users,
        NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await find.ExecuteAsync(token, cancellationToken) is not { } invitation)
        {
            return NotValid(page);
        }

        switch (await StandingAsync(context, invitation, users))
        {
            case Standing.IsSignedIn:
                await using (var transaction = await database.BeginAsync(invitation.MerchantId, cancellationToken))
                {
                    return await JoinAsync(transaction, invitation, StaffCookie.SessionOf(context)!.Value.UserId)
                        ? ConsoleResults.SeeOther("/merchants")
                        : NotValid(page);
                }

            case Standing.IsNew:
                break;
            default:
                return await ShowAsync(context, page, invitation, users, []);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var person = new StaffUser { Id = Guid.CreateVersion7(clock.GetUtcNow()), Email = invitation.Email };
        var password = form["password"].ToString();
        var problems = await ProblemsAsync(users, person, password, form["again"].ToString(), page.Words.People);
        if (problems.Count > 0)
        {
            return await ShowAsync(context, page, invitation, users, problems);
        }

        // Hashing is slow on purpose, and no transaction waits for it.
        var hash = users.PasswordHasher.HashPassword(person, password);
        await using var joining = await database.BeginAsync(invitation.MerchantId, cancellationToken);
        var userId = await joining.Connection.ExecuteScalarAsync<Guid>(AddUserSql, new
        {
            id = person.Id,
            person.Email,
            hash,
            stamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
        });
        if (userId != person.Id)
        {
            // Somebody has made this account meanwhile, with a password that is not this one.
            await joining.DisposeAsync();
            return await ShowAsync(context, page, invitation, users, []);
        }

        return await JoinAsync(joining, invitation, userId)
            ? ConsoleResults.SeeOther("/invitation/accepted")
            : NotValid(page);
    }

    /// <summary>Shown to whoever has just chosen a password.</summary>
    public static IResult ShowAccepted(ConsolePage page) =>
        page.Notice(page.Words.People.Welcome, StatusCodes.Status200OK);

    // Of two who accept at once, the second waits for the first and finds the invitation used.
    private static async Task<bool> JoinAsync(MerchantTransaction transaction, OpenInvitation invitation, Guid userId)
    {
        if (await transaction.Connection.ExecuteAsync(AcceptSql, new { invitation.Id }) == 0)
        {
            return false;
        }

        var role = invitation.Role.ToText();
        if (await transaction.Connection.ExecuteAsync(JoinSql, new { userId, role, invitation.Name }) == 1)
        {
            await transaction.NoteAsync(
                PublicId.Format(PublicId.User, userId), AuditActions.PersonJoined,
                $"{invitation.Name} ({invitation.Email})", [new AuditChange("role", null, role)]);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsolePage page, OpenInvitation invitation, UserManager<StaffUser> users,
        IReadOnlyList<FormProblem> problems) =>
        page.Render<InvitationPage>(
            new InvitationModel(
                invitation, context.Request.Path, await StandingAsync(context, invitation, users), problems),
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static async Task<Standing> StandingAsync(
        HttpContext context, OpenInvitation invitation, UserManager<StaffUser> users) =>
        await users.FindByEmailAsync(invitation.Email) is not { } user ? Standing.IsNew
        : StaffCookie.SessionOf(context) is not { } session ? Standing.MustSignIn
        : session.UserId == user.Id ? Standing.IsSignedIn
        : Standing.IsSomebodyElse;

    private static async Task<IReadOnlyList<FormProblem>> ProblemsAsync(
        UserManager<StaffUser> users, StaffUser person, string password, string again, PeopleWords words)
    {
        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, person, password);
            if (result.Errors.FirstOrDefault() is { } error)
            {
                return
                [
                    new FormProblem("password", error.Code switch
                    {
                        "PasswordTooShort" => words.PasswordTooShort(StaffPassword.MinLength),
                        "PasswordTooLong" => words.PasswordTooLong(StaffPassword.MaxLength),
                        _ => words.PasswordWeak,
                    }),
                ];
            }
        }

        return password == again ? [] : [new FormProblem("again", words.PasswordDiffers)];
    }

    private static RazorComponentResult<NoticePage> NotValid(ConsolePage page) =>
        page.Notice(page.Words.People.NotValid, StatusCodes.Status404NotFound);
}
