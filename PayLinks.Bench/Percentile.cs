namespace PayLinks.Bench;

internal static class Percentile
{
    /// <param name="percent">From 0, the smallest, to 100, the largest.</param>
    public static T Of<T>(IEnumerable<T> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[(sorted.Count - 1) * percent / 100];
    }
}
