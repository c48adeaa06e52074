namespace PayLinks.Sandbox.Control;

/// <summary>
/// A way for a provider's operation (or all of them: *) to go wrong, as often as the count says, at each matching
/// request with this probability. A held answer is held for so many seconds of real time.
/// </summary>
internal sealed record Fault(
    string Provider, string Operation, string Mode, int Count, double Probability, double Seconds)
{
    public bool Matches(string provider, string operation) =>
        Provider == provider && (Operation == "*" || Operation == operation);

    public TimeSpan Hold => TimeSpan.FromSeconds(Seconds);
}

/// <summary>The faults that stand. The first that matches strikes and is used up by one.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _standing = [];

    public IReadOnlyList<Fault> Standing
    {
        get
        {
            lock (_gate)
            {
                return [.. _standing];
            }
        }
    }

    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _standing.Add(fault);
        }
    }

    /// <summary>Takes back the faults of one operation, or all of a provider's for *.</summary>
    public void Clear(string provider, string operation)
    {
        lock (_gate)
        {
            _standing.RemoveAll(fault =>
                fault.Provider == provider && (operation == "*" || fault.Operation == operation));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _standing.Clear();
        }
    }

    public Fault? Strike(string provider, string operation)
    {
        lock (_gate)
        {
            for (var i = 0; i < _standing.Count; i++)
            {
                var fault = _standing[i];
                if (!fault.Matches(provider, operation) || Random.Shared.NextDouble() >= fault.Probability)
                {
                    continue;
                }

                if (fault.Count == 1)
                {
                    _standing.RemoveAt(i);
                }
                else
                {
                    _standing[i] = fault with { Count = fault.Count - 1 };
                }

                return fault;
            }

            return null;
        }
    }
}
