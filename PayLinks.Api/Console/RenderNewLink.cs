using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.Outages;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;
using PayLinks.Core.Database;
using PayLinks.Core.Providers;

namespace PayLinks.Api.Console;

/// <param name="Lifetime">How long a link of this merchant lives if nothing else is chosen.</param>
/// <param name="Preview">The text message that what is typed would send.</param>
/// <param name="Number">What is known of the number that was typed.</param>
public sealed record NewLinkModel(
    TypedLink Typed, IReadOnlyList<FormProblem> Problems, TimeSpan Lifetime, string MerchantLanguage,
    SmsPreview Preview, CheckedNumber? Number, FeedPlace Live, IReadOnlyList<Provider> Outages);

/// <summary>The merchant's form with what is known around it.</summary>
internal sealed class RenderNewLink(
    NpgsqlDataSource database, CheckNumber check, PreviewSms preview, CurrentOutages outages)
{
    public async Task<IResult> ExecuteAsync(
        ConsolePage page, Staff staff, TypedLink typed, IReadOnlyList<FormProblem> problems, int status,
        CancellationToken cancellationToken)
    {
        var current = await outages.ReadAsync(cancellationToken);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var live = await transaction.FeedPlaceAsync();
        var merchant = await MerchantFacts.ReadAsync(transaction);
        return page.Render<NewLinkPage>(
            new NewLinkModel(
                typed, problems, merchant.LinkLifetime, merchant.Language,
                await preview.OfAsync(transaction, staff, merchant, typed.ToDraft(staff), onCall: false),
                TypedLink.IsEmail(typed.To) ? null : await check.ExecuteAsync(transaction, typed.To, country: null),
                live, current),
            status);
    }

    /// <summary>Only the text message that the form would send.</summary>
    public async Task<IResult> PreviewAsync(
        ConsolePage page, Staff staff, TypedLink typed, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        return page.Render<SmsPreviewView>(
            await preview.OfAsync(transaction, staff, merchant, typed.ToDraft(staff), onCall: false));
    }
}
