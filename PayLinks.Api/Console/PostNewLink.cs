using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Console;

/// <summary>Makes a link from the merchant's form, or shows the form again with everything that was typed.</summary>
internal static class PostNewLink
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, CreateLinkOnce create,
        RenderNewLink render, LinkLimits limits, CancellationToken cancellationToken)
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
            return await render.ExecuteAsync(
                page, staff, typed, problems, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }

        var (id, tooMany) = await create.ExecuteAsync(
            staff.Actor, merchant, link, typed.Key, onCall: false, cancellationToken);
        if (id is null)
        {
            return await render.ExecuteAsync(
                page, staff, typed,
                [LinkProblems.Of(tooMany!, page.Words, LinkProblems.FieldsOf(typed)("/customer/phone"))],
                context.Response.TooMany(tooMany!), cancellationToken);
        }

        var done = link.Send.Count > 0 ? "created" : "ready";
        return ConsoleResults.SeeOther($"/links/{PublicId.Format(PublicId.Link, id.Value)}?done={done}");
    }

    /// <summary>Shows the text message that the form would send, and makes and sends nothing.</summary>
    public static async Task<IResult> PreviewAsync(
        HttpContext context, ConsolePage page, Staff staff, RenderNewLink render, CancellationToken cancellationToken)
    {
        var typed = TypedLink.Of(await context.Request.ReadFormAsync(cancellationToken));
        return SmsPreview.IsAllThatIsAskedFor(context.Request)
            ? await render.PreviewAsync(page, staff, typed, cancellationToken)
            : await render.ExecuteAsync(page, staff, typed, [], StatusCodes.Status200OK, cancellationToken);
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
