using Npgsql;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.V1;

/// <summary>
/// Makes links that are asked for while others are being made in one transaction for all of a merchant's: a campaign of
/// thousands that arrives at once costs little more than its rows. Nobody waits for company: where few ask, each is
/// made alone and at once. Only what is plain is made together. What must be refused, was asked before or fails in
/// company goes on alone, and is told so there; that nothing is made twice is what the keys are for.
/// </summary>
internal sealed class PostLinksTogether(
    NpgsqlDataSource database, CreateLinks create, AnswersTogether answers, LinkLimits limits, Wakeups wakeups,
    ILogger<PostLinksTogether> logger)
{
    private readonly SharedTurns<Asked, IResult> _turns = new(
        turns: 4, together: 32, one => (one.Request.Actor.MerchantId, one.Request.Actor.Mode), one => one.Request.Key,
        logger);

    /// <param name="alone">Makes or refuses this one link.</param>
    public Task<IResult> RunAsync(KeyedRequest request, NewLinkBody body, Func<Task<IResult>> alone) =>
        _turns.RunAsync(new Asked(request, body), MakeAsync, alone);

    private async Task<IReadOnlyDictionary<Asked, IResult>> MakeAsync(IReadOnlyList<Asked> together)
    {
        var (begun, (taken, merchant)) = await MerchantTransaction.BeginAsync(
            database, together[0].Request.Actor.MerchantId, $"{AnswersTogether.FindSql}; {MerchantFacts.ReadSql}",
            AnswersTogether.ParametersOf([.. together.Select(one => one.Request)]),
            async read => (
                Taken: await AnswersTogether.ReadTakenAsync(read),
                Merchant: await read.ReadSingleAsync<MerchantFacts>()),
            CancellationToken.None);
        await using var transaction = begun;
        var good = together.Where(one => !taken.Contains(one.Request.Key))
            .Select(one => (Asked: one, CheckLink.Read(one.Body.ToDraft(), merchant, limits).Link))
            .Where(one => one.Link is not null)
            .Select(one => (one.Asked, Link: one.Link!))
            .ToList();
        var sendable = await create.MayBeSentAsync(transaction, [.. good.Select(one => one.Link)]);
        good.RemoveAll(one => !sendable.Contains(one.Link));
        if (good.Count == 0)
        {
            return new Dictionary<Asked, IResult>();
        }

        var made = await create.ExecuteAsync(
            transaction, merchant, [.. good.Select(one => (one.Asked.Request.Actor, one.Link))], MessageLane.Api);
        var results = await answers.CommitAsync(transaction, [.. good.Zip(made, (one, link) =>
            (one.Asked.Request, PostLink.Answer(one.Asked.Request.Actor, link, wakeups)))]);
        return good.Zip(results).ToDictionary(one => one.First.Asked, one => one.Second);
    }

    private sealed class Asked(KeyedRequest request, NewLinkBody body)
    {
        public KeyedRequest Request => request;

        public NewLinkBody Body => body;
    }
}
