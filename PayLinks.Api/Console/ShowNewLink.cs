using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;
using PayLinks.Core.Database;

namespace PayLinks.Api.Console;

/// <param name="Number">What is known of the number that was typed, when the form is shown again.</param>
/// <param name="Lifetime">How long a link of this merchant lives if nothing else is chosen.</param>
/// <param name="Preview">The text message that what is typed would send.</param>
public sealed record NewLinkModel(
    TypedLink Typed, IReadOnlyList<FormProblem> Problems, TimeSpan Lifetime, string MerchantLanguage,
    SmsPreview Preview, CheckedNumber? Number = null);

internal static class ShowNewLink
{
    public static async Task<IResult> HandleAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        return page.Render<NewLinkPage>(
            new NewLinkModel(TypedLink.Empty(), [], merchant.LinkLifetime, merchant.Language, SmsPreview.None));
    }
}
