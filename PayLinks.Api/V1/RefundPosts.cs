using System.Text.Json;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Problems;
using PayLinks.Api.Refunds;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

/// <summary>Giving money of a paid link back, and changing one's mind.</summary>
internal static class RefundPosts
{
    public static async Task<IResult> CreateAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once, RefundLink refund, Wakeups wakeups)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.NewRefundBody, new NewRefundBody(Amount: null, Reason: null));
        return refusal ?? await once.RunAsync(context, caller.Actor, bytes, async transaction =>
        {
            var draft = new RefundDraft(body!.Amount?.Value, body.Amount?.Currency, body.Reason);
            return ToReply(
                await refund.ExecuteAsync(transaction, caller.Actor, linkId, draft), StatusCodes.Status201Created, () =>
                {
                    wakeups.Work(Wakeups.Refunds);
                    wakeups.Link(caller.Actor.MerchantId, linkId);
                });
        });
    }

    public static async Task<IResult> CancelAsync(
        string id, string refundId, HttpContext context, ApiCaller caller, AnswerOnce once, CancelRefund cancel)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId)
            || !PublicId.TryParse(PublicId.Refund, refundId, out var refund))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, _, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.NothingBody, new NothingBody());
        if (refusal is not null)
        {
            return refusal;
        }

        // Mollie is asked before any transaction; canceling what is canceled changes nothing, so a repetition may too.
        var outcome = await cancel.ExecuteAsync(caller.Actor, linkId, refund, context.RequestAborted);
        return await once.RunAsync(context, caller.Actor, bytes, _ =>
            Task.FromResult(ToReply(outcome, StatusCodes.Status200OK, () => { })));
    }

    private static Reply ToReply(RefundOutcome outcome, int status, Action committed) => outcome switch
    {
        RefundOutcome.Done { Refund: var refund } => new Reply.Kept(
            status,
            JsonSerializer.SerializeToUtf8Bytes(RefundAnswer.From(refund), V1Json.Wire.RefundAnswer),
            Location: null,
            committed),
        RefundOutcome.Conflict conflict => new Reply.Refused(new Problem(conflict.Code)),
        RefundOutcome.Invalid invalid => new Reply.Refused(Problem.Fields(invalid.Errors)),
        _ => new Reply.Refused(new Problem(ProblemCodes.NotFound)),
    };
}
