using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Console;

/// <summary>
/// What staff do with a link that exists: send it again, or to somebody else, give it more time, cancel it. Each leads
/// back with a word about it.
/// </summary>
internal static class ChangeLink
{
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
                    transaction, staff.Actor, linkId, channel, to.Length == 0 ? null : to, MessageLane.Desk,
                    onCall: FromDesk(form));
            if (Problems(outcome, page, form, "to") is not { } problems)
            {
                return await FinishAsync(transaction, outcome, linkId, "sent", form, page, wakeups);
            }

            await transaction.DisposeAsync();
            return await ShowAgainAsync(
                page, staff, database, show, linkId, model => model with { Typed = to, Problems = problems },
                StatusOf(outcome, context), cancellationToken);
        }
    }

    /// <summary>Sends to somebody else: the same link, or another in its place.</summary>
    public static async Task<IResult> RecipientAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database,
        ChangeRecipient change, ShowLink show, Wakeups wakeups, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var typed = new TypedRecipient(form["recipient"].ToString().Trim(), form["keep"] != "no");
        await change.MakeWayAsync(staff.Actor, linkId, typed.ToDraft(), cancellationToken);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var outcome = await change.ExecuteAsync(
            transaction, staff.Actor, linkId, typed.ToDraft(), MessageLane.Desk);
        if (Problems(outcome, page, form, "recipient") is { } problems)
        {
            await transaction.DisposeAsync();
            return await ShowAgainAsync(
                page, staff, database, show, linkId, model => model with { Recipient = typed, Problems = problems },
                StatusOf(outcome, context), cancellationToken);
        }

        var sentId = outcome is LinkOutcome.Done { Link.Id: var done } ? done : linkId;
        var answer = await FinishAsync(
            transaction, outcome, sentId, sentId == linkId ? "redirected" : "replaced", form, page, wakeups);
        if (sentId != linkId)
        {
            wakeups.Link(staff.MerchantId, linkId);
        }

        return answer;
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

    private static bool FromDesk(IFormCollection form) => form["next"].ToString() == "desk";

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
        var back = FromDesk(form) ? "/desk" : $"/links/{PublicId.Format(PublicId.Link, linkId)}";
        return outcome switch
        {
            LinkOutcome.Done => ConsoleResults.SeeOther($"{back}?done={done}"),
            LinkOutcome.Conflict conflict => ConsoleResults.SeeOther($"{back}?refused={conflict.Code}"),
            LinkOutcome.TooMany tooMany => ConsoleResults.SeeOther($"{back}?refused={tooMany.Code}"),
            // The only choice an extension offers is how long, and all that are offered are allowed: it was not longer.
            LinkOutcome.Invalid => ConsoleResults.SeeOther($"{back}?refused={NotLonger}"),
            _ => page.NotFound(),
        };
    }

    // What is to be mended in a form that has this field; null where there is nothing, or no such field.
    private static IReadOnlyList<FormProblem>? Problems(
        LinkOutcome outcome, ConsolePage page, IFormCollection form, string field) => outcome switch
        {
            LinkOutcome.Invalid invalid => LinkProblems.Of(invalid.Errors, page.Words, _ => field),
            LinkOutcome.TooMany tooMany when form.ContainsKey(field) =>
                [LinkProblems.Of(tooMany, page.Words, field)],
            _ => null,
        };

    private static int StatusOf(LinkOutcome outcome, HttpContext context) => outcome is LinkOutcome.TooMany tooMany
        ? context.Response.TooMany(tooMany)
        : StatusCodes.Status422UnprocessableEntity;

    private static async Task<IResult> ShowAgainAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show, Guid linkId,
        Func<LinkModel, LinkModel> asTyped, int status, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await LinkModel.ReadAsync(transaction, staff.Actor, linkId, show) is { } model
            ? page.Render<LinkPage>(asTyped(model), status)
            : page.NotFound();
    }
}
