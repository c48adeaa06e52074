using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Console;

/// <summary>
/// What staff do with a link that exists: send it again, give it more time, cancel it. Each leads back with a word
/// about it.
/// </summary>
internal static class ChangeLink
{
    public const string TooMany = "too_many";
    public const string NotLonger = "not_longer";

    /// <summary>Sends to the link's own address, or to another that then becomes its own.</summary>
    public static async Task<IResult> SendAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, SendMessage send,
        ShowLink show, Wakeups wakeups, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var to = form["to"].ToString().Trim();
        var channel = form["channel"].ToString() is { Length: > 0 } chosen ? chosen
            : TypedLink.IsEmail(to) ? "email"
            : "sms";
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
        {
            // The form that asks for an address must get one: an empty field is not "the usual address".
            var outcome = form.ContainsKey("to") && to.Length == 0
                ? new LinkOutcome.Invalid([new FieldError("/to", FieldCodes.Required)])
                : await send.ExecuteAsync(
                    transaction, staff.Actor, linkId, channel, to.Length == 0 ? null : to, MessageLane.Desk);
            if (outcome is not LinkOutcome.Invalid invalid)
            {
                return await FinishAsync(transaction, outcome, linkId, "sent", form, page, wakeups);
            }

            var problems = LinkProblems.Of(invalid.Errors, page.Words, _ => "to");
            return await ShowAgainAsync(page, staff, database, show, linkId, to, problems, cancellationToken);
        }
    }

    public static async Task<IResult> ExtendAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, ExtendLink extend,
        Wakeups wakeups, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var lifetime = form["expiresIn"].ToString();
        var outcome = await extend.ExecuteAsync(
            transaction, staff.Actor, linkId, lifetime.Length == 0 ? null : lifetime, expiresAt: null);
        return await FinishAsync(transaction, outcome, linkId, "extended", form, page, wakeups);
    }

    /// <summary>Asks before canceling, because it cannot be undone.</summary>
    public static async Task<IResult> ShowCancelAsync(
        string id, string? next, ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show,
        CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await show.FindAsync(transaction, staff.Actor, linkId) is { } link
            ? page.Render<CancelLinkPage>(new CancelLinkModel(link, next == "desk"))
            : page.NotFound();
    }

    public static async Task<IResult> CancelAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, CancelLink cancel,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        return Answer(
            await cancel.ExecuteAsync(staff.Actor, linkId, cancellationToken), linkId, "canceled", form, page);
    }

    private static async Task<IResult> FinishAsync(
        MerchantTransaction transaction, LinkOutcome outcome, Guid linkId, string done, IFormCollection form,
        ConsolePage page, Wakeups wakeups)
    {
        if (outcome is LinkOutcome.Done)
        {
            await transaction.CommitAsync(CancellationToken.None);
            wakeups.Work(Wakeups.Messages);
            wakeups.Link(transaction.MerchantId, linkId);
        }

        return Answer(outcome, linkId, done, form, page);
    }

    private static IResult Answer(LinkOutcome outcome, Guid linkId, string done, IFormCollection form, ConsolePage page)
    {
        var back = form["next"].ToString() == "desk" ? "/desk" : $"/links/{PublicId.Format(PublicId.Link, linkId)}";
        return outcome switch
        {
            LinkOutcome.Done => ConsoleResults.SeeOther($"{back}?done={done}"),
            LinkOutcome.Conflict conflict => ConsoleResults.SeeOther($"{back}?refused={conflict.Code}"),
            LinkOutcome.TooMany => ConsoleResults.SeeOther($"{back}?refused={TooMany}"),
            // The only choice an extension offers is how long, and all that are offered are allowed: it was not longer.
            LinkOutcome.Invalid => ConsoleResults.SeeOther($"{back}?refused={NotLonger}"),
            _ => page.NotFound(),
        };
    }

    private static async Task<IResult> ShowAgainAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show, Guid linkId, string typed,
        IReadOnlyList<FormProblem> problems, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await LinkModel.ReadAsync(transaction, staff.Actor, linkId, show) is { } model
            ? page.Render<LinkPage>(
                model with { Typed = typed, Problems = problems }, StatusCodes.Status422UnprocessableEntity)
            : page.NotFound();
    }
}
