using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Console;

/// <summary>One link with its timeline and everything that can be done with it.</summary>
internal static class ShowLinkPage
{
    public static async Task<IResult> HandleAsync(
        string id, string? done, string? refused, ConsolePage page, Staff staff, NpgsqlDataSource database,
        ShowLink show, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await LinkModel.ReadAsync(transaction, staff.Actor, linkId, show) is { } model
            ? page.Render<LinkPage>(
                model with { Done = Done(done, page.Words.Link), Refused = Refused(refused, page.Words.Link) })
            : page.NotFound();
    }

    /// <summary>The link's QR code, for whoever may see the link.</summary>
    public static async Task<IResult> QrAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show,
        CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await show.FindAsync(transaction, staff.Actor, linkId) is { } link
            ? Results.Text(LinkQr.Svg(link.Url), "image/svg+xml")
            : page.NotFound();
    }

    /// <summary>
    /// Words for what was just done; the address carries only a code, so nobody can make a page say something else.
    /// </summary>
    public static string? Done(string? code, LinkWords words) => code switch
    {
        "created" => words.BeingSent,
        "ready" => words.Ready,
        "sent" => words.Sent,
        "extended" => words.Extended,
        "canceled" => words.Canceled,
        _ => null,
    };

    public static string? Refused(string? code, LinkWords words) => code switch
    {
        Conflicts.AlreadyPaid => words.AlreadyPaid,
        Conflicts.LinkCanceled => words.AlreadyCanceled,
        Conflicts.LinkExpired => words.AlreadyExpired,
        Conflicts.PaymentInProgress => words.PaymentInProgress,
        ChangeLink.TooMany => words.TooMany,
        ChangeLink.NotLonger => words.NotLonger,
        _ => null,
    };
}
