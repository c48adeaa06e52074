using System.Collections.Concurrent;

namespace PayLinks.Sandbox.Callbacks;

/// <summary>
/// How callbacks of a provider travel: normal, drop, duplicate, delay or shuffle. The factor is how often to send
/// (duplicate), or the seconds to wait (delay) or to wait at most (shuffle).
/// </summary>
internal sealed record CallbackMode(string Mode, double Factor)
{
    public static readonly CallbackMode Normal = new("normal", 1);
}

/// <summary>The mode in force for each provider.</summary>
internal sealed class CallbackModes
{
    private readonly ConcurrentDictionary<string, CallbackMode> _modes = new();

    public CallbackMode this[string provider]
    {
        get => _modes.GetValueOrDefault(provider, CallbackMode.Normal);
        set => _modes[provider] = value;
    }

    public void Clear() => _modes.Clear();

    /// <summary>How long each copy of one callback waits before it is sent: no copy, one, or several.</summary>
    public IReadOnlyList<TimeSpan> Waits(string provider)
    {
        var (mode, factor) = this[provider];
        return mode switch
        {
            "drop" => [],
            "duplicate" => [.. Enumerable.Repeat(TimeSpan.Zero, (int)factor)],
            "delay" => [TimeSpan.FromSeconds(factor)],
            "shuffle" => [TimeSpan.FromSeconds(factor * Random.Shared.NextDouble())],
            _ => [TimeSpan.Zero],
        };
    }
}
