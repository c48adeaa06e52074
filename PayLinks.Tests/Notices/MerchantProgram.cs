using PayLinks.Tests.Ledgers;

namespace PayLinks.Tests.Notices;

/// <summary>
/// The merchant's program that keeps what it is told in the first ledger. It does what a receiver should do, but how it
/// answers depends on its mood.
/// </summary>
internal sealed class MerchantProgram : IAsyncDisposable
{
    /// <summary>The mood in which a notice is taken; others are the hook's other paths.</summary>
    public const string Well = "/ok";

    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    private readonly Ledgers.Told _ledger;
    private readonly Func<string> _mood;
    private Hook _hook = null!;

    private MerchantProgram(Ledgers.Told ledger, Func<string> mood)
    {
        _ledger = ledger;
        _mood = mood;
    }

    /// <summary>What the endpoint was given when it was made.</summary>
    public string Secret { get; set; } = "";

    public string Url => _hook.Url + "/shop";

    /// <param name="mood">Asked for each notice.</param>
    public static async Task<MerchantProgram> StartAsync(Ledgers.Told ledger, Func<string> mood)
    {
        var program = new MerchantProgram(ledger, mood);
        program._hook = await Hook.StartAsync(behave: program.Hear);
        ledger.ListenAt(program.Url);
        return program;
    }

    public ValueTask DisposeAsync() => _hook.DisposeAsync();

    private string Hear(Told notice)
    {
        var mood = _mood();
        var age = TimeProvider.System.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(notice.Timestamp);
        var isSigned = SignatureTests.IsSigned(notice, Secret) && age.Duration() < AgeMax;
        _ledger.Hear(new HeardNotice(Url, notice.Id, isSigned, IsTaken: mood == Well));
        var link = notice.Json.GetProperty("data");
        if (link.GetProperty("status").ToString() == "paid")
        {
            // Another status may be older than what others were told since: a notice can have been long on its way.
            var now = System.Diagnostics.Stopwatch.GetTimestamp();
            _ledger.Tell(new Telling(link.GetProperty("id").ToString(), "paid", "a notice", now, now));
        }

        return mood;
    }
}
