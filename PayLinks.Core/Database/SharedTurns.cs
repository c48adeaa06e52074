using Microsoft.Extensions.Logging;

namespace PayLinks.Core.Database;

/// <summary>
/// A few turns at the database, which those who have to wait for one share: whoever gets a turn does in one transaction
/// the work of all who wait and may go together. Nobody waits for company: while turns are free, each goes alone and at
/// once. What fails in company goes alone too, and fails or not by itself.
/// </summary>
/// <param name="turns">How many there are at a time.</param>
/// <param name="together">How many pieces of work share one at most.</param>
/// <param name="companyOf">Pieces of which this is equal may share a turn.</param>
/// <param name="subjectOf">Of pieces of which this is equal too, only one.</param>
public sealed partial class SharedTurns<T, TResult>(
    int turns, int together, Func<T, object> companyOf, Func<T, object> subjectOf, ILogger logger)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private int _taken;

    /// <summary>Completes when the piece has had its turn, its own or another's that it shared.</summary>
    /// <param name="shared">Does several pieces, and says the results of those that need not go alone.</param>
    /// <param name="alone">Does this piece by itself.</param>
    public async Task<TResult> RunAsync(
        T piece, Func<IReadOnlyList<T>, Task<IReadOnlyDictionary<T, TResult>>> shared, Func<Task<TResult>> alone)
    {
        var own = new Waiting(piece);
        var others = await TakeTurnAsync(own);
        try
        {
            if (others is { Count: > 0 })
            {
                own.Done = await TryAsync([piece, .. others.Select(other => other.Piece)], shared);
            }

            return own.Done.TryGetValue(piece, out var result) ? result : await alone();
        }
        finally
        {
            if (others is not null)
            {
                foreach (var other in others)
                {
                    other.Done = own.Done;
                    other.Turn.SetResult(null);
                }

                PassOn();
            }
        }
    }

    private async Task<IReadOnlyDictionary<T, TResult>> TryAsync(
        IReadOnlyList<T> pieces, Func<IReadOnlyList<T>, Task<IReadOnlyDictionary<T, TResult>>> shared)
    {
        try
        {
            return await shared(pieces);
        }
#pragma warning disable CA1031 // Whatever went wrong, each goes alone.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, pieces.Count);
            return new Dictionary<T, TResult>();
        }
    }

    // Who else shares the turn; null if the piece has shared another's.
    private Task<IReadOnlyList<Waiting>?> TakeTurnAsync(Waiting own)
    {
        lock (_lock)
        {
            if (_taken < turns)
            {
                _taken++;
                return Task.FromResult<IReadOnlyList<Waiting>?>([]);
            }

            _waiting.Add(own);
            return own.Turn.Task;
        }
    }

    // To who has waited longest, together with all who may share it.
    private void PassOn()
    {
        lock (_lock)
        {
            if (_waiting is not [var next, ..])
            {
                _taken--;
                return;
            }

            var company = companyOf(next.Piece);
            var sharing = _waiting.Where(one => companyOf(one.Piece).Equals(company))
                .DistinctBy(one => subjectOf(one.Piece)).Take(together).ToList();
            _waiting.RemoveAll(sharing.Contains);
            next.Turn.SetResult(sharing[1..]);
        }
    }

    private sealed class Waiting(T piece)
    {
        public T Piece => piece;

        /// <summary>What was done of the turn that the piece was part of.</summary>
        public IReadOnlyDictionary<T, TResult> Done { get; set; } = new Dictionary<T, TResult>();

        public TaskCompletionSource<IReadOnlyList<Waiting>?> Turn { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} together failed; each goes alone")]
    private static partial void LogFailed(ILogger logger, Exception error, int count);
}
