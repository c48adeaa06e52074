using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.Outages;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;
using PayLinks.Core.Database;
using PayLinks.Core.Providers;

namespace PayLinks.Api.Desk;

/// <param name="Sender">The name that text messages come from.</param>
/// <param name="Number">What is known of the number in the form.</param>
/// <param name="ProposesCode">Whether the merchant's links usually have a code.</param>
/// <param name="Preview">The text message that what is typed would send.</param>
public sealed record DeskModel(
    TypedCall Typed, IReadOnlyList<FormProblem> Problems, IReadOnlyList<DeskCard> Cards, FeedPlace Live, string Sender,
    CheckedNumber? Number, bool ProposesCode, SmsPreview Preview, IReadOnlyList<Provider> Outages, string? Done = null,
    string? Refused = null);

/// <summary>The desk: the call that is typed, and what is known around it.</summary>
internal sealed class RenderDesk(
    NpgsqlDataSource database, ReadCards cards, CheckNumber check, PreviewSms preview, CurrentOutages outages)
{
    public async Task<IResult> ExecuteAsync(
        ConsolePage page, Staff staff, TypedCall typed, IReadOnlyList<FormProblem> problems, int status,
        CancellationToken cancellationToken, string? done = null, string? refused = null)
    {
        var current = await outages.ReadAsync(cancellationToken);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var live = await transaction.FeedPlaceAsync();
        var sender = await transaction.SmsSenderAsync();
        var merchant = await MerchantFacts.ReadAsync(transaction);
        return page.Render<DeskPage>(
            new DeskModel(
                typed, problems, await cards.ReadAsync(transaction, staff.Actor), live, sender,
                await check.ExecuteAsync(transaction, typed.Phone, country: null),
                merchant.DeskCode, await PreviewAsync(transaction, staff, merchant, typed), current, done, refused),
            status);
    }

    /// <summary>Only the text message that the form would send.</summary>
    public async Task<IResult> PreviewAsync(
        ConsolePage page, Staff staff, TypedCall typed, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return page.Render<SmsPreviewView>(
            await PreviewAsync(transaction, staff, await MerchantFacts.ReadAsync(transaction), typed));
    }

    private Task<SmsPreview> PreviewAsync(
        MerchantTransaction transaction, Staff staff, MerchantFacts merchant, TypedCall typed) =>
        preview.OfAsync(
            transaction, staff, merchant, typed.ToDraft(staff, ConsoleWords.In(merchant.Language).Desk), onCall: true);
}
