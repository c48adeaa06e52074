using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.Refunds;
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
                model with { Done = Done(done, page.Words), Refused = Refused(refused, page.Words) })
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
    public static string? Done(string? code, ConsoleWords words) => code switch
    {
        "created" => words.Link.BeingSent,
        "ready" => words.Link.Ready,
        "sent" => words.Link.Sent,
        "redirected" => words.Link.Redirected,
        "replaced" => words.Link.Replaced,
        "extended" => words.Link.Extended,
        "canceled" => words.Link.Canceled,
        "revealed" => words.Desk.Revealed,
        ConsoleRefunds.Requested => words.Refund.Requested,
        ConsoleRefunds.Stopped => words.Refund.Stopped,
        _ => null,
    };

    public static string? Refused(string? code, ConsoleWords words) => code switch
    {
        Conflicts.AlreadyPaid => words.Link.AlreadyPaid,
        Conflicts.LinkCanceled => words.Link.AlreadyCanceled,
        Conflicts.LinkExpired => words.Link.AlreadyExpired,
        Conflicts.PaymentInProgress => words.Link.PaymentInProgress,
        Limited.Number => words.Limits.Number,
        Limited.Prefix => words.Limits.Prefix,
        Limited.Day => words.Limits.Day,
        Limited.ResendTooSoon => words.Limits.ResendTooSoon,
        Limited.Resend => words.Limits.Resend,
        ChangeLink.NotLonger => words.Link.NotLonger,
        _ => words.Refund.Refused(code),
    };
}
