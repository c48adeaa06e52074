using System.Text.Json;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

internal static class PostLink
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ApiCaller caller, AnswerOnce once, CreateLink create, LinkLimits limits, Wakeups wakeups)
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

        return await once.RunAsync(
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

            var answer = LinkAnswer.From(link);
            return new Reply.Kept(
                StatusCodes.Status201Created,
                JsonSerializer.SerializeToUtf8Bytes(answer, V1Json.Wire.LinkAnswer),
                $"/v1/links/{answer.Id}",
                () => wakeups.AfterLink(caller.Actor, link.Id, sends: link.Messages.Count > 0));
        }
    }
}
