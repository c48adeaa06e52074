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
internal sealed partial class PostLinksTogether(
    NpgsqlDataSource database, CreateLinks create, AnswersTogether answers, LinkLimits limits, Wakeups wakeups,
    ILogger<PostLinksTogether> logger)
{
    private const int TurnsMax = 4;
    private const int TogetherMax = 32;

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private int _turns;

    /// <param name="alone">Makes or refuses this one link.</param>
    public async Task<IResult> RunAsync(KeyedRequest request, NewLinkBody body, Func<Task<IResult>> alone)
    {
        var own = new Waiting(request, body);
        if (await TakeTurnAsync(own) is not Turn.Leads { Others: var others })
        {
            return own.Answer ?? await alone();
        }

        try
        {
            if (others.Count > 0)
            {
                await TryMakeAsync([own, .. others]);
            }

            return own.Answer ?? await alone();
        }
        finally
        {
            PassOn();
        }
    }

    private Task<Turn> TakeTurnAsync(Waiting own)
    {
        lock (_lock)
        {
            if (_turns < TurnsMax)
            {
                _turns++;
                return Task.FromResult<Turn>(new Turn.Leads([]));
            }

            _waiting.Add(own);
            return own.Turn.Task;
        }
    }

    // To who has waited longest, together with all who wait for the same merchant.
    private void PassOn()
    {
        lock (_lock)
        {
            if (_waiting is not [var next, ..])
            {
                _turns--;
                return;
            }

            var together = _waiting.Where(next.MayGoWith).DistinctBy(one => one.Request.Key).Take(TogetherMax).ToList();
            _waiting.RemoveAll(together.Contains);
            next.Turn.SetResult(new Turn.Leads([.. together.Skip(1)]));
        }
    }

    private async Task TryMakeAsync(IReadOnlyList<Waiting> together)
    {
        try
        {
            await MakeAsync(together);
        }
#pragma warning disable CA1031 // Whatever went wrong, each goes on alone, and fails or not by itself.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, together.Count);
        }
        finally
        {
            foreach (var follower in together.Skip(1))
            {
                follower.Turn.SetResult(new Turn.Followed());
            }
        }
    }

    private async Task MakeAsync(IReadOnlyList<Waiting> together)
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
            return;
        }

        var made = await create.ExecuteAsync(
            transaction, merchant, [.. good.Select(one => (one.Asked.Request.Actor, one.Link))], MessageLane.Api);
        var results = await answers.CommitAsync(transaction, [.. good.Zip(made, (one, link) =>
            (one.Asked.Request, PostLink.Answer(one.Asked.Request.Actor, link, wakeups)))]);
        foreach (var ((asked, _), result) in good.Zip(results))
        {
            asked.Answer = result;
        }
    }

    private sealed class Waiting(KeyedRequest request, NewLinkBody body)
    {
        public KeyedRequest Request => request;

        public NewLinkBody Body => body;

        /// <summary>Null: it has to go on alone.</summary>
        public IResult? Answer { get; set; }

        public TaskCompletionSource<Turn> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool MayGoWith(Waiting other) =>
            other.Request.Actor.MerchantId == Request.Actor.MerchantId
            && other.Request.Actor.Mode == Request.Actor.Mode;
    }

    private abstract record Turn
    {
        /// <summary>It makes its own link and those of the others.</summary>
        public sealed record Leads(IReadOnlyList<Waiting> Others) : Turn;

        /// <summary>Another has made its link, or has left it to it.</summary>
        public sealed record Followed : Turn;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Making {Count} links together failed; each is made alone")]
    private static partial void LogFailed(ILogger logger, Exception error, int count);
}
