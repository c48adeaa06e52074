using System.Text.Json;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

/// <summary>What can be done to a link that is there.</summary>
internal static class LinkPosts
{
    public static async Task<IResult> SendAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once, SendMessage send, Wakeups wakeups)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.NewMessageBody, whenEmpty: null);
        return refusal ?? await once.RunAsync(context, caller.Actor, bytes, async transaction =>
        {
            var outcome = await send.ExecuteAsync(
                transaction, caller.Actor, linkId, body!.Channel, body.To, MessageLane.Api);
            return outcome is LinkOutcome.Done { Message: { } message }
                ? new Reply.Kept(
                    StatusCodes.Status201Created,
                    JsonSerializer.SerializeToUtf8Bytes(MessageAnswer.From(message), V1Json.Wire.MessageAnswer),
                    Location: null,
                    () => wakeups.AfterLink(caller.Actor, linkId, sends: true))
                : Refuse(outcome);
        });
    }

    public static async Task<IResult> CancelAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once, CancelLink cancel, Wakeups wakeups)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, _, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.NothingBody, new NothingBody());
        if (refusal is not null)
        {
            return refusal;
        }

        await cancel.EndPaymentsAsync(caller.Actor, linkId, context.RequestAborted);
        return await once.RunAsync(context, caller.Actor, bytes, async transaction =>
            Changed(
                await cancel.ExecuteAsync(transaction, caller.Actor, linkId), caller, linkId, wakeups, sends: true));
    }

    public static async Task<IResult> ExtendAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once, ExtendLink extend, Wakeups wakeups)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.ExtensionBody, new ExtensionBody(ExpiresIn: null, ExpiresAt: null));
        return refusal ?? await once.RunAsync(context, caller.Actor, bytes, async transaction =>
            Changed(
                await extend.ExecuteAsync(transaction, caller.Actor, linkId, body!.ExpiresIn, body.ExpiresAt),
                caller, linkId, wakeups, sends: false));
    }

    private static Reply Changed(
        LinkOutcome outcome, ApiCaller caller, Guid linkId, Wakeups wakeups, bool sends) =>
        outcome is LinkOutcome.Done { Link: var link }
            ? new Reply.Kept(
                StatusCodes.Status200OK,
                JsonSerializer.SerializeToUtf8Bytes(LinkAnswer.From(link), V1Json.Wire.LinkAnswer),
                Location: null,
                () => wakeups.AfterLink(caller.Actor, linkId, sends))
            : Refuse(outcome);

    /// <summary>
    /// Sends the link to somebody else: the same one, or one of the same content in the place of this.
    /// </summary>
    public static async Task<IResult> ChangeRecipientAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once, ChangeRecipient change, Wakeups wakeups)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.RecipientBody, whenEmpty: null);
        if (refusal is not null)
        {
            return refusal;
        }

        var wanted = body!.ToDraft();
        await change.MakeWayAsync(caller.Actor, linkId, wanted, context.RequestAborted);
        return await once.RunAsync(context, caller.Actor, bytes, async transaction =>
        {
            var outcome = await change.ExecuteAsync(transaction, caller.Actor, linkId, wanted, MessageLane.Api);
            if (outcome is not LinkOutcome.Done { Link: var link })
            {
                return Refuse(outcome);
            }

            var answer = LinkAnswer.From(link);
            var isNew = link.Id != linkId;
            return new Reply.Kept(
                isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                JsonSerializer.SerializeToUtf8Bytes(answer, V1Json.Wire.LinkAnswer),
                isNew ? $"/v1/links/{answer.Id}" : null,
                () =>
                {
                    wakeups.AfterLink(caller.Actor, linkId, sends: true);
                    wakeups.AfterLink(caller.Actor, link.Id, sends: false);
                });
        });
    }

    public static Reply.Refused Refuse(LinkOutcome outcome) => new(outcome switch
    {
        LinkOutcome.NotFound => new Problem(ProblemCodes.NotFound),
        LinkOutcome.Conflict conflict => new Problem(conflict.Code),
        LinkOutcome.Invalid invalid => Problem.Fields(invalid.Errors),
        LinkOutcome.TooMany tooMany => new Problem(tooMany.Code) { RetryAfter = tooMany.RetryAfter },
        _ => throw new InvalidOperationException("What is done is no refusal."),
    });
}
