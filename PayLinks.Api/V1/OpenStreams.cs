using System.Collections.Concurrent;
using PayLinks.Api.Links;

namespace PayLinks.Api.V1;

/// <summary>Counts the streams that each API key holds open: each costs look-ups for as long as it is.</summary>
internal sealed class OpenStreams(LinkLimits limits)
{
    private readonly ConcurrentDictionary<Guid, int> _byKey = new();

    /// <summary>False if the key has as many as it may; else give it back.</summary>
    public bool TryTake(Guid keyId)
    {
        if (_byKey.AddOrUpdate(keyId, 1, (_, open) => open + 1) <= limits.StreamsPerKey)
        {
            return true;
        }

        GiveBack(keyId);
        return false;
    }

    public void GiveBack(Guid keyId) => _byKey.AddOrUpdate(keyId, 0, (_, open) => open - 1);
}
