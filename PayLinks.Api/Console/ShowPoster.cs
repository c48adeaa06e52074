using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;

namespace PayLinks.Api.Console;

/// <summary>What is printed and put up: the link's code, for customers to point their phones at.</summary>
/// <param name="Size">The paper: a5 or a6.</param>
/// <param name="Start">What a good address begins with, so that a code pasted over ours can be told.</param>
public sealed record PosterModel(LinkView Link, string Size, string Start, PosterWords Words);

internal static class ShowPoster
{
    public static async Task<IResult> HandleAsync(
        string id, string? size, ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show,
        PayLinksOptions options, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (await show.FindAsync(transaction, staff.Actor, linkId) is not { IsPayable: true } link)
        {
            return page.NotFound();
        }

        return page.Render<PosterPage>(new PosterModel(
            link,
            size == "a6" ? size : "a5",
            options.LinkUrl(""),
            // Customers read it, in their language as far as the console speaks it.
            link.Locale.StartsWith("it", StringComparison.Ordinal) ? PosterWords.Italian : PosterWords.English));
    }
}
