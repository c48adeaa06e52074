namespace PayLinks.Core.Database;

/// <summary>
/// A few turns at the database, which those who have to wait for one share: whoever gets a turn does in one transaction
/// the work of all who wait and may go together. Nobody waits for company: while turns are free, each goes alone and at
/// once.
/// </summary>
/// <param name="turns">How many there are at a time.</param>
/// <param name="together">How many pieces of work share one at most.</param>
/// <param name="companyOf">Pieces of which this is equal may share a turn.</param>
/// <param name="subjectOf">Of pieces of which this is equal too, only one.</param>
public sealed class SharedTurns<T>(int turns, int together, Func<T, object> companyOf, Func<T, object> subjectOf)
{
    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private int _taken;

    /// <summary>Completes when the piece has had its turn, its own or another's that it shared.</summary>
    /// <param name="work">
    /// Does the pieces of one turn, the caller's own first. What became of each they say themselves; an exception
    /// reaches only whose turn it is.
    /// </param>
    public async Task RunAsync(T piece, Func<IReadOnlyList<T>, Task> work)
    {
        if (await TakeTurnAsync(piece) is not { } others)
        {
            return;
        }

        try
        {
            await work([piece, .. others.Select(other => other.Piece)]);
        }
        finally
        {
            foreach (var other in others)
            {
                other.Turn.SetResult(null);
            }

            PassOn();
        }
    }

    // Who else shares the turn; null if the piece has shared another's.
    private Task<IReadOnlyList<Waiting>?> TakeTurnAsync(T piece)
    {
        lock (_lock)
        {
            if (_taken < turns)
            {
                _taken++;
                return Task.FromResult<IReadOnlyList<Waiting>?>([]);
            }

            var own = new Waiting(piece);
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

        public TaskCompletionSource<IReadOnlyList<Waiting>?> Turn { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
