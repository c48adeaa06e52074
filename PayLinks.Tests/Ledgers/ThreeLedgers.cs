using System.Diagnostics;

namespace PayLinks.Tests.Ledgers;

/// <summary>
/// Holds three ledgers against each other: what clients were told, the database, and the providers' own books. Each
/// invariant that does not hold is one sentence.
/// </summary>
internal static class ThreeLedgers
{
    /// <param name="connectionString">Of a role that reads every merchant's rows.</param>
    /// <param name="told">Null where nobody has listened to the clients.</param>
    public static async Task<IReadOnlyList<string>> CompareAsync(
        string connectionString, string sandboxUrl, Told? told = null)
    {
        // The providers first: what they have done before we look at ourselves has had its time to get here.
        var theirs = await TheirBooks.ReadAsync(sandboxUrl);
        var ours = await OurBooks.ReadAsync(connectionString);
        return Compare(ours, theirs, told);
    }

    public static IReadOnlyList<string> Compare(OurBooks ours, TheirBooks theirs, Told? told = null) =>
    [
        .. MoneyInvariants.Check(ours, theirs),
        .. DisputeInvariants.Check(ours, theirs),
        .. MessageInvariants.Check(ours, theirs),
        .. EventInvariants.Check(ours),
        .. told is null ? [] : TellingInvariants.Check(told, ours),
        .. told is null ? [] : NoticeInvariants.Check(told, ours),
    ];

    /// <summary>Compares until the ledgers agree or the time for things to come to rest is over.</summary>
    /// <returns>What did not hold when looked at last; nothing if all is well.</returns>
    public static async Task<IReadOnlyList<string>> CompareAtRestAsync(
        string connectionString, string sandboxUrl, Told? told, TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var violations = await CompareAsync(connectionString, sandboxUrl, told);
            if (violations.Count == 0 || Stopwatch.GetElapsedTime(started) > within)
            {
                return violations;
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
