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
        CheckNumber check, PreviewSms preview, LinkLimits limits, CancellationToken cancellationToken)
    {
        var typed = TypedLink.Of(await context.Request.ReadFormAsync(cancellationToken));
        NewLink? link;
        IReadOnlyList<FieldError> errors;
        await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
        {
            var merchant = await MerchantFacts.ReadAsync(transaction);
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
            return await ShowAgainAsync(problems, StatusCodes.Status422UnprocessableEntity);
        }

        var (id, tooMany) = await create.ExecuteAsync(
            staff.Actor, link, typed.Key, onCall: false, cancellationToken);
        if (id is null)
        {
            return await ShowAgainAsync(
                [LinkProblems.Of(tooMany!, page.Words, LinkProblems.FieldsOf(typed)("/customer/phone"))],
                context.Response.TooMany(tooMany!));
        }

        var done = link.Send.Count > 0 ? "created" : "ready";
        return ConsoleResults.SeeOther($"/links/{PublicId.Format(PublicId.Link, id.Value)}?done={done}");

        async Task<IResult> ShowAgainAsync(IReadOnlyList<FormProblem> toMend, int status) =>
            page.Render<NewLinkPage>(
                await ModelAsync(typed, toMend, staff, database, check, preview, cancellationToken), status);
    }

    /// <summary>Shows the text message that the form would send, and makes and sends nothing.</summary>
    public static async Task<IResult> PreviewAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, CheckNumber check,
        PreviewSms preview, CancellationToken cancellationToken)
    {
        var typed = TypedLink.Of(await context.Request.ReadFormAsync(cancellationToken));
        var model = await ModelAsync(typed, [], staff, database, check, preview, cancellationToken);
        return SmsPreview.IsAllThatIsAskedFor(context.Request)
            ? page.Render<SmsPreviewView>(model.Preview)
            : page.Render<NewLinkPage>(model);
    }

    private static async Task<NewLinkModel> ModelAsync(
        TypedLink typed, IReadOnlyList<FormProblem> problems, Staff staff, NpgsqlDataSource database,
        CheckNumber check, PreviewSms preview, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        return new NewLinkModel(
            typed, problems, merchant.LinkLifetime, merchant.Language,
            await preview.OfAsync(transaction, staff, merchant, typed.ToDraft(staff), onCall: false),
            TypedLink.IsEmail(typed.To) ? null : await check.ExecuteAsync(transaction, typed.To, country: null));
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
