using System.Diagnostics;

namespace PayLinks.Tests;

/// <summary>
/// The only way to wait in a test for what no signal tells: looks again and again until it is so, or time is up.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until <paramref name="isSo"/> holds, and returns what was seen then.</summary>
    /// <param name="what">Completes the sentence "did not happen: …".</param>
    /// <param name="within">10 seconds unless said otherwise.</param>
    /// <exception cref="AssertionException">Time was up; the message shows what was seen last.</exception>
    public static async Task<T> SeesAsync<T>(
        Func<Task<T>> look, Func<T, bool> isSo, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(10);
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            var seen = await look();
            if (isSo(seen))
            {
                return seen;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new AssertionException(
                    $"After {limit.TotalSeconds:0.#} s this did not happen: {what}. Last seen: {seen}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Looks until the condition is true.</summary>
    public static Task IsTrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null) =>
        SeesAsync(condition, holds => holds, what, within);
}
