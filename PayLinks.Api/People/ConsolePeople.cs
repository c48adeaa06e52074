using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;

namespace PayLinks.Api.People;

/// <param name="Typed">What stands in the form that invites.</param>
public sealed record PeopleModel(
    IReadOnlyList<Person> People, IReadOnlyList<Invited> Invited, TypedInvitation Typed,
    IReadOnlyList<FormProblem> Problems, string? Done = null);

/// <param name="Role">What is chosen in the form that changes it.</param>
public sealed record PersonModel(Person Person, string Role, IReadOnlyList<FormProblem> Problems, string? Done = null);

/// <summary>An invitation's address, which is shown this once.</summary>
public sealed record InvitedModel(NewInvitation Invitation, string Url);

/// <summary>Who works for the merchant: owners and managers see it, owners change it.</summary>
internal static class ConsolePeople
{
    public const string Path = "/settings/team";

    public static async Task<IResult> ListAsync(
        string? done, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return page.Render<PeoplePage>(new PeopleModel(
            await transaction.PeopleAsync(), await transaction.InvitedAsync(), TypedInvitation.Empty, [],
            done == "withdrawn" ? page.Words.People.Withdrawn : null));
    }

    public static async Task<IResult> InviteAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, InvitePerson invite,
        PayLinksOptions options, CancellationToken cancellationToken)
    {
        var typed = TypedInvitation.Of(await context.Request.ReadFormAsync(cancellationToken));
        var (invitation, problems) = typed.Read(page.Words);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (invitation is not null)
        {
            if (await invite.ExecuteAsync(transaction, staff.Actor.Name, invitation) is { } token)
            {
                await transaction.CommitAsync(CancellationToken.None);
                return page.Render<InvitedPage>(
                    new InvitedModel(invitation, $"{options.PublicUrl.TrimEnd('/')}/invitation/{token}"));
            }

            problems = [new FormProblem("email", page.Words.People.IsHere)];
        }

        return page.Render<PeoplePage>(
            new PeopleModel(await transaction.PeopleAsync(), await transaction.InvitedAsync(), typed, problems),
            StatusCodes.Status422UnprocessableEntity);
    }

    public static async Task<IResult> WithdrawAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Invitation, id, out var invitationId)
            || !await transaction.WithdrawAsync(staff, id: invitationId))
        {
            return page.NotFound();
        }

        await transaction.CommitAsync(CancellationToken.None);
        return ConsoleResults.SeeOther(Path + "?done=withdrawn");
    }

    public static async Task<IResult> ShowAsync(
        string id, string? done, ConsolePage page, Staff staff, NpgsqlDataSource database,
        CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await FindAsync(transaction, id) is { } person
            ? page.Render<PersonPage>(
                new PersonModel(person, person.Role.ToText(), [], page.Words.People.DoneText(done)))
            : page.NotFound();
    }

    public static async Task<IResult> ChangeRoleAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database,
        CancellationToken cancellationToken)
    {
        var typed = (await context.Request.ReadFormAsync(cancellationToken))["role"].ToString();
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (StatusText.TryRead<StaffRole>(typed, out var role))
        {
            return await ChangeAsync(
                id, "role", page, transaction, userId => transaction.ChangeRoleAsync(staff, userId, role));
        }

        return await FindAsync(transaction, id) is { } person
            ? page.Render<PersonPage>(
                new PersonModel(person, typed, [new FormProblem("role", page.Words.People.RoleNeeded)]),
                StatusCodes.Status422UnprocessableEntity)
            : page.NotFound();
    }

    public static async Task<IResult> DisableAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await ChangeAsync(id, "disabled", page, transaction, userId => transaction.DisableAsync(staff, userId));
    }

    public static async Task<IResult> EnableAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await ChangeAsync(id, "enabled", page, transaction, userId => transaction.EnableAsync(staff, userId));
    }

    private static async Task<IResult> ChangeAsync(
        string id, string done, ConsolePage page, MerchantTransaction transaction,
        Func<Guid, Task<PersonOutcome>> change)
    {
        if (!PublicId.TryParse(PublicId.User, id, out var userId))
        {
            return page.NotFound();
        }

        switch (await change(userId))
        {
            case PersonOutcome.Done:
                await transaction.CommitAsync(CancellationToken.None);
                return ConsoleResults.SeeOther($"{Path}/{id}?done={done}");
            case PersonOutcome.IsOneself:
                return page.Notice(page.Words.People.Oneself, StatusCodes.Status403Forbidden);
            case PersonOutcome.NotAllowed:
                return page.Notice(page.Words.NotAllowed, StatusCodes.Status403Forbidden);
            default:
                return page.NotFound();
        }
    }

    private static async Task<Person?> FindAsync(MerchantTransaction transaction, string id) =>
        PublicId.TryParse(PublicId.User, id, out var userId) ? await transaction.FindPersonAsync(userId) : null;
}
