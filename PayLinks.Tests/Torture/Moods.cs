using PayLinks.Tests.Notices;

namespace PayLinks.Tests.Torture;

/// <summary>How a merchant's program answers that is not always well, as the seed says.</summary>
internal sealed class Moods(int seed)
{
    private readonly Random _chance = new(seed);
    private readonly Lock _gate = new();
    private volatile bool _isWell;

    /// <summary>A path of the hook.</summary>
    public string Next()
    {
        int which;
        lock (_gate)
        {
            which = _chance.Next(20);
        }

        return _isWell ? MerchantProgram.Well : which switch
        {
            0 or 1 => "/status/500",
            2 => "/hang",
            3 => "/reset",
            _ => MerchantProgram.Well,
        };
    }

    public void GetWell() => _isWell = true;
}
