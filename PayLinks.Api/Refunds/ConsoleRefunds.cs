using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Refunds;

/// <summary>What stands in the form that gives money back, exactly as typed.</summary>
public sealed record TypedRefund(string Amount, string Reason);

/// <summary>Owners and managers give money back on the page of a link, and stop a refund that has not left.</summary>
internal static class ConsoleRefunds
{
    public const string Requested = "refund_requested";
    public const string Stopped = "refund_stopped";

    public static async Task<IResult> CreateAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, RefundLink refund,
        ShowLink show, Wakeups wakeups, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var typed = new TypedRefund(form["amount"].ToString(), form["reason"].ToString());
        if (form["confirm"] != "yes")
        {
            return await ShowAgainAsync(
                page, staff, database, show, linkId, typed, [new("confirm", page.Words.Refund.ConfirmNeeded)]);
        }

        var (value, currency) = TypedAmount.Read(typed.Amount, staff.Currency);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        switch (await refund.ExecuteAsync(
            transaction, staff.Actor, linkId, new RefundDraft(value, currency, typed.Reason)))
        {
            case RefundOutcome.Done:
                await transaction.CommitAsync(CancellationToken.None);
                wakeups.Work(Wakeups.Refunds);
                wakeups.Link(staff.MerchantId, linkId);
                return ConsoleResults.SeeOther($"/links/{id}?done={Requested}");
            case RefundOutcome.Conflict conflict:
                return ConsoleResults.SeeOther($"/links/{id}?refused={conflict.Code}");
            case RefundOutcome.Invalid invalid:
                await transaction.DisposeAsync();
                return await ShowAgainAsync(
                    page, staff, database, show, linkId, typed,
                    LinkProblems.Of(
                        invalid.Errors, page.Words, pointer => pointer == "/reason" ? "reason" : "amount"));
            default:
                return page.NotFound();
        }
    }

    public static async Task<IResult> CancelAsync(
        string id, string refundId, ConsolePage page, Staff staff, CancelRefund cancel,
        CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId)
            || !PublicId.TryParse(PublicId.Refund, refundId, out var refund))
        {
            return page.NotFound();
        }

        return await cancel.ExecuteAsync(staff.Actor, linkId, refund, cancellationToken) switch
        {
            RefundOutcome.Done => ConsoleResults.SeeOther($"/links/{id}?done={Stopped}"),
            RefundOutcome.Conflict conflict => ConsoleResults.SeeOther($"/links/{id}?refused={conflict.Code}"),
            _ => page.NotFound(),
        };
    }

    private static async Task<IResult> ShowAgainAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show, Guid linkId, TypedRefund typed,
        IReadOnlyList<FormProblem> problems)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, CancellationToken.None);
        return await LinkModel.ReadAsync(transaction, staff.Actor, linkId, show) is { } model
            ? page.Render<Console.LinkPage>(
                model with { Refund = typed, Problems = problems }, StatusCodes.Status422UnprocessableEntity)
            : page.NotFound();
    }
}
