using System.Text.Json;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

internal static class PostLink
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ApiCaller caller, AnswerOnce once, PostLinksTogether together, CreateLink create,
        LinkLimits limits, Wakeups wakeups)
    {
        var (bytes, refusal) = await RequestBody.ReadAsync(context.Request);
        if (refusal is not null)
        {
            return refusal;
        }

        var (body, malformed) = RequestBody.Parse(bytes, V1Json.Wire.NewLinkBody);
        if (body is null)
        {
            return malformed!;
        }

        return IdempotencyKey.TryRead(context.Request, out var key) && key is not null
            ? await together.RunAsync(
                new KeyedRequest(caller.Actor, key, IdempotencyKey.Fingerprint(context.Request, bytes.Span)), body,
                AloneAsync)
            : await AloneAsync();

        Task<IResult> AloneAsync() => once.RunAsync(
            context, caller.Actor, bytes, MerchantFacts.ReadSql, answers => answers.ReadSingleAsync<MerchantFacts>(),
            MakeAsync);

        async Task<Reply> MakeAsync(MerchantTransaction transaction, MerchantFacts merchant)
        {
            var (wanted, errors) = CheckLink.Read(body.ToDraft(), merchant, limits);
            if (wanted is null)
            {
                return new Reply.Refused(Problem.Fields(errors));
            }

            var outcome = await create.ExecuteAsync(transaction, caller.Actor, merchant, wanted, MessageLane.Api);
            if (outcome is not LinkOutcome.Done { Link: var link })
            {
                return LinkPosts.Refuse(outcome);
            }

            if (link.Messages.Any(message => message.Status == MessageStatus.Suppressed))
            {
                return new Reply.Refused(Problem.Fields(await transaction.CheckOptOutsAsync(wanted)));
            }

            return Answer(caller.Actor, link, wakeups);
        }
    }

    /// <summary>What is answered when a link has been made.</summary>
    public static Reply.Kept Answer(Actor actor, LinkView link, Wakeups wakeups)
    {
        var answer = LinkAnswer.From(link);
        return new Reply.Kept(
            StatusCodes.Status201Created,
            JsonSerializer.SerializeToUtf8Bytes(answer, V1Json.Wire.LinkAnswer),
            $"/v1/links/{answer.Id}",
            () => wakeups.AfterLink(actor, link.Id, sends: link.Messages.Count > 0));
    }
}
