using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Desk;

/// <summary>The agent's desk: a call to type on one side, the links of the day on the other.</summary>
internal static class ShowDesk
{
    /// <param name="phone">Filled in by the telephone system, like <c>ref</c>.</param>
    /// <param name="again">A link that was just canceled, whose values are wanted once more.</param>
    public static async Task<IResult> HandleAsync(
        HttpRequest request, string? phone, string? again, string? done, string? refused, ConsolePage page, Staff staff,
        NpgsqlDataSource database, RenderDesk render, ShowLink show, CancellationToken cancellationToken)
    {
        var typed = TypedCall.FromTelephone(phone, request.Query["ref"].ToString());
        if (PublicId.TryParse(PublicId.Link, again, out var linkId))
        {
            await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
            // The number of a call that is over is not to be had this way.
            if (await show.FindAsync(transaction, staff.Actor, linkId) is { CanceledAt: { } canceledAt } link
                && canceledAt > (await MerchantFacts.ReadAsync(transaction)).Now - ClosedCall.RevealLasts)
            {
                typed = TypedCall.Again(link, page.Words);
            }
        }

        return await render.ExecuteAsync(
            page, staff, typed, [], StatusCodes.Status200OK, cancellationToken,
            done switch
            {
                "made" => page.Words.Desk.OnItsWay,
                "corrected" => page.Words.Desk.Corrected,
                "ended" => page.Words.Desk.CallEnded,
                "taken" => page.Words.Desk.TakenOver,
                _ => ShowLinkPage.Done(done, page.Words),
            },
            ShowLinkPage.Refused(refused, page.Words));
    }

    /// <summary>Shows the text message that the form would send, and makes and sends nothing.</summary>
    public static async Task<IResult> PreviewAsync(
        HttpContext context, ConsolePage page, Staff staff, RenderDesk render, CancellationToken cancellationToken)
    {
        var typed = TypedCall.Of(await context.Request.ReadFormAsync(cancellationToken));
        return SmsPreview.IsAllThatIsAskedFor(context.Request)
            ? await render.PreviewAsync(page, staff, typed, cancellationToken)
            : await render.ExecuteAsync(page, staff, typed, [], StatusCodes.Status200OK, cancellationToken);
    }
}
