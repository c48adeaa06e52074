using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Console;

/// <summary>The form that makes a link: empty, or filled in like a link that exists.</summary>
internal static class ShowNewLink
{
    public static async Task<IResult> HandleAsync(
        string? like, ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show, RenderNewLink render,
        CancellationToken cancellationToken)
    {
        var typed = TypedLink.Empty();
        if (like is not null)
        {
            if (!PublicId.TryParse(PublicId.Link, like, out var linkId))
            {
                return page.NotFound();
            }

            await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
            if (await show.FindAsync(transaction, staff.Actor, linkId) is not { } link)
            {
                return page.NotFound();
            }

            typed = Like(link, await MerchantFacts.ReadAsync(transaction), page, typed.Key);
        }

        return await render.ExecuteAsync(page, staff, typed, [], StatusCodes.Status200OK, cancellationToken);
    }

    private static TypedLink Like(LinkView link, MerchantFacts merchant, ConsolePage page, string key)
    {
        var amount = link.Amount.DisplayPlain(page.Words.Culture);
        var language = link.Locale.Split('-')[0];
        return new TypedLink(
            key,
            // The field says the merchant's own currency beside it.
            Amount: link.Amount.Currency.Code == merchant.Currency
                ? amount.Replace(merchant.Currency, "", StringComparison.Ordinal).Trim()
                : amount,
            Description: link.Description,
            To: link.Phone ?? link.Email ?? "",
            Also: link.Phone is null ? "" : link.Email ?? "",
            OnlyLink: link.Phone is null && link.Email is null,
            Name: link.CustomerName ?? "",
            Reference: link.Reference ?? "",
            Locale: language == merchant.Language ? "" : language);
    }
}
