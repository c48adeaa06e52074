using PayLinks.Sandbox.Callbacks;

namespace PayLinks.Sandbox.Books;

/// <summary>
/// Everything the three providers know. One lock makes each operation whole: it is held for microseconds, never while
/// something is sent, so 64 callers at once wait less than they would for a cleverer scheme.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly ITable[] _tables;
    private long _version;

    public Ledger(SandboxOptions options, SandboxClock clock)
    {
        Payments = new("payment", payment => payment.Id, this);
        Refunds = new("refund", refund => refund.Id, this);
        Chargebacks = new("chargeback", chargeback => chargeback.Id, this);
        CardTokens = new("cardToken", token => token.Token, this);
        Settlements = new("settlement", settlement => settlement.Id, this);
        Messages = new("message", message => message.Id, this);
        OptOuts = new("optOut", optOut => optOut.Id, this);
        Callbacks = new("callback", callback => callback.Id, this);
        KeptAnswers = new("keptAnswer", answer => answer.Id, this);
        Clock = new("clock", _ => ClockMoved.OnlyId, this);
        _tables =
        [
            Payments, Refunds, Chargebacks, CardTokens, Settlements, Messages, OptOuts, Callbacks, KeptAnswers, Clock,
        ];

        _journal = new Journal(options.StateFile);
        Load();
        if (Clock.TryFind(ClockMoved.OnlyId, out var clockMoved))
        {
            clock.Restore(clockMoved.Offset);
        }
    }

    public Table<Payment> Payments { get; }

    public Table<Refund> Refunds { get; }

    public Table<Chargeback> Chargebacks { get; }

    public Table<CardToken> CardTokens { get; }

    public Table<Settlement> Settlements { get; }

    public Table<Message> Messages { get; }

    public Table<OptOut> OptOuts { get; }

    public Table<Callback> Callbacks { get; }

    public Table<KeptAnswer> KeptAnswers { get; }

    public Table<ClockMoved> Clock { get; }

    /// <summary>Rises with every change, so that a live page knows when to look again.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Reads or changes the books as one step. What it returns must not be read lazily.</summary>
    public T Do<T>(Func<Ledger, T> work)
    {
        lock (_gate)
        {
            return work(this);
        }
    }

    public void Do(Action<Ledger> work)
    {
        lock (_gate)
        {
            work(this);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            foreach (var table in _tables)
            {
                table.Clear();
            }

            _journal.StartOver([]);
            Interlocked.Increment(ref _version);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _journal.Dispose();
        }
    }

    internal void Record(string table, string key, object? entry)
    {
        _journal.Append(table, key, entry);
        Interlocked.Increment(ref _version);
    }

    private void Load()
    {
        var tables = _tables.ToDictionary(table => table.Name);
        foreach (var (table, key, entry) in _journal.Read())
        {
            if (tables.TryGetValue(table, out var known))
            {
                known.Load(key, entry);
            }
        }

        _journal.StartOver(_tables.SelectMany(table => table.All()));
    }
}
