using System.Collections.Concurrent;

namespace PayLinks.Tests.Scale;

/// <summary>What a scenario did and measured, and what it saw that must not be.</summary>
internal sealed class Findings
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<TimeSpan>> _times = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _violations = [];

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public IEnumerable<(string What, IReadOnlyCollection<TimeSpan> Times)> Times =>
        _times.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, (IReadOnlyCollection<TimeSpan>)pair.Value));

    public IReadOnlyCollection<string> Violations => _violations;

    public void Count(string what, int times = 1) => _counts.AddOrUpdate(what, times, (_, before) => before + times);

    public void Measure(string what, TimeSpan time) => _times.GetOrAdd(what, _ => []).Enqueue(time);

    /// <param name="isSo">What must be so.</param>
    public void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            _violations.Enqueue(otherwise);
        }
    }
}
