using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Console;

/// <summary>Makes a link from the merchant's form, or shows the form again with everything that was typed.</summary>
internal static class PostNewLink
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, CreateLinkOnce create,
        LinkLimits limits, CancellationToken cancellationToken)
    {
        var typed = TypedLink.Of(await context.Request.ReadFormAsync(cancellationToken));
        MerchantFacts merchant;
        NewLink? link;
        IReadOnlyList<FieldError> errors;
        await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
        {
            merchant = await MerchantFacts.ReadAsync(transaction);
            (link, errors) = CheckLink.Read(typed.ToDraft(staff), merchant, limits);
            errors = link is null ? errors : await transaction.CheckOptOutsAsync(link);
        }

        List<FormProblem> problems =
        [
            .. LinkProblems.Of(errors, page.Words, LinkProblems.FieldsOf(typed)),
            .. FormOnly(typed, page.Words.Form),
        ];
        if (link is null || problems.Count > 0)
        {
            return page.Render<NewLinkPage>(
                new NewLinkModel(typed, problems, merchant.LinkLifetime, merchant.Language),
                StatusCodes.Status422UnprocessableEntity);
        }

        var id = await create.ExecuteAsync(staff.Actor, link, typed.Key, cancellationToken);
        var done = link.Send.Count > 0 ? "created" : "ready";
        return ConsoleResults.SeeOther($"/links/{PublicId.Format(PublicId.Link, id)}?done={done}");
    }

    // What only the form can get wrong, because only it recognises addresses.
    private static IEnumerable<FormProblem> FormOnly(TypedLink typed, LinkFormWords words)
    {
        if (!typed.OnlyLink && string.IsNullOrWhiteSpace(typed.To) && string.IsNullOrWhiteSpace(typed.Also))
        {
            yield return new FormProblem("to", words.ToNeeded);
        }
        else if (!string.IsNullOrWhiteSpace(typed.To) && !string.IsNullOrWhiteSpace(typed.Also)
            && TypedLink.IsEmail(typed.To) == TypedLink.IsEmail(typed.Also))
        {
            yield return new FormProblem("also", words.AlsoSameKind);
        }
    }
}
