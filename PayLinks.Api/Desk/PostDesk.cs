using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Desk;

/// <summary>Makes and sends the link of a call.</summary>
internal static class PostDesk
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, CreateLinkOnce create,
        RenderDesk render, LinkLimits limits, CancellationToken cancellationToken)
    {
        var typed = TypedCall.Of(await context.Request.ReadFormAsync(cancellationToken));
        MerchantFacts merchant;
        NewLink? link;
        IReadOnlyList<FieldError> errors;
        await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
        {
            merchant = await MerchantFacts.ReadAsync(transaction);
            (link, errors) = CheckLink.Read(
                typed.ToDraft(staff, ConsoleWords.In(merchant.Language).Desk), merchant, limits);
            errors = link is null ? errors : await transaction.CheckOptOutsAsync(link);
        }

        if (link is null || errors.Count > 0)
        {
            return await render.ExecuteAsync(
                page, staff, typed, LinkProblems.Of(errors, page.Words, TypedCall.FieldOf),
                StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }

        var (_, tooMany) = await create.ExecuteAsync(
            staff.Actor, merchant, link, typed.Key, onCall: true, cancellationToken);
        return tooMany is null
            ? ConsoleResults.SeeOther("/desk?done=made")
            : await render.ExecuteAsync(
                page, staff, typed, [LinkProblems.Of(tooMany, page.Words, "phone")],
                context.Response.TooMany(tooMany), cancellationToken);
    }

    /// <summary>
    /// The number was wrong: whoever has it must not pay, so the link ends, and its values come back to be sent right.
    /// </summary>
    public static async Task<IResult> CorrectAsync(
        string id, ConsolePage page, Staff staff, CancelLink cancel, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        return await cancel.ExecuteAsync(staff.Actor, linkId, cancellationToken) switch
        {
            LinkOutcome.Done => ConsoleResults.SeeOther(
                $"/desk?done=corrected&again={PublicId.Format(PublicId.Link, linkId)}"),
            LinkOutcome.Conflict conflict => ConsoleResults.SeeOther($"/desk?refused={conflict.Code}"),
            _ => page.NotFound(),
        };
    }
}
