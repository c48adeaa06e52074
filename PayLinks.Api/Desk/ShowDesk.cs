using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Desk;

/// <param name="Number">What is known of the number in the form.</param>
/// <param name="Sender">The name that text messages come from.</param>
/// <param name="Preview">The text message that what is typed would send.</param>
public sealed record DeskModel(
    TypedCall Typed, IReadOnlyList<FormProblem> Problems, IReadOnlyList<DeskCard> Cards, FeedPlace Live, string Sender,
    CheckedNumber? Number, SmsPreview Preview, string? Done = null, string? Refused = null);

/// <summary>The agent's desk: a call to type on one side, the links of the day on the other.</summary>
internal static class ShowDesk
{
    /// <param name="phone">Filled in by the telephone system, like <c>ref</c>.</param>
    /// <param name="again">A link whose values are wanted once more.</param>
    public static async Task<IResult> HandleAsync(
        HttpRequest request, string? phone, string? again, string? done, string? refused, ConsolePage page, Staff staff,
        NpgsqlDataSource database, ReadCards cards, CheckNumber check, PreviewSms preview, ShowLink show,
        CancellationToken cancellationToken)
    {
        var typed = new TypedCall(
            TypedLink.NewKey(), Phone: Cut(phone), Reference: Cut(request.Query["ref"].ToString()));
        if (PublicId.TryParse(PublicId.Link, again, out var linkId))
        {
            await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
            if (await show.FindAsync(transaction, staff.Actor, linkId) is { } link)
            {
                typed = TypedCall.Again(link, page.Words);
            }
        }

        return await RenderAsync(
            page, staff, database, cards, check, preview, typed, [], StatusCodes.Status200OK, cancellationToken,
            done switch
            {
                "made" => page.Words.Desk.OnItsWay,
                "corrected" => page.Words.Desk.Corrected,
                _ => ShowLinkPage.Done(done, page.Words),
            },
            ShowLinkPage.Refused(refused, page.Words));
    }

    public static async Task<IResult> RenderAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, ReadCards cards, CheckNumber check,
        PreviewSms preview, TypedCall typed, IReadOnlyList<FormProblem> problems, int status,
        CancellationToken cancellationToken, string? done = null, string? refused = null)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var live = await transaction.FeedPlaceAsync();
        var sender = await transaction.SmsSenderAsync();
        return page.Render<DeskPage>(
            new DeskModel(
                typed, problems, await cards.ReadAsync(transaction, staff.Actor), live, sender,
                await check.ExecuteAsync(transaction, typed.Phone, country: null),
                await PreviewAsync(transaction, staff, preview, typed), done, refused),
            status);
    }

    /// <summary>Shows the text message that the form would send, and makes and sends nothing.</summary>
    public static async Task<IResult> PreviewAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, ReadCards cards,
        CheckNumber check, PreviewSms preview, CancellationToken cancellationToken)
    {
        var typed = TypedCall.Of(await context.Request.ReadFormAsync(cancellationToken));
        if (!SmsPreview.IsAllThatIsAskedFor(context.Request))
        {
            return await RenderAsync(
                page, staff, database, cards, check, preview, typed, [], StatusCodes.Status200OK, cancellationToken);
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return page.Render<SmsPreviewView>(await PreviewAsync(transaction, staff, preview, typed));
    }

    private static async Task<SmsPreview> PreviewAsync(
        MerchantTransaction transaction, Staff staff, PreviewSms preview, TypedCall typed)
    {
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var draft = typed.ToDraft(staff, ConsoleWords.In(merchant.Language).Desk);
        return await preview.OfAsync(transaction, staff, merchant, draft, onCall: true);
    }

    private static string Cut(string? text) => text is { Length: > 100 } ? text[..100] : text ?? "";
}
