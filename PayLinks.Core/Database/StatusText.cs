namespace PayLinks.Core.Database;

/// <summary>A status as the database and the wire spell it: the enum's name in lower case.</summary>
public static class StatusText
{
    public static string ToText<TStatus>(this TStatus status)
        where TStatus : struct, Enum =>
        Names<TStatus>.Texts[status];

    /// <summary>False for any other word, and for a number: <c>Enum.TryParse</c> would take "6" for a status.</summary>
    public static bool TryRead<TStatus>(string text, out TStatus status)
        where TStatus : struct, Enum =>
        Names<TStatus>.Statuses.TryGetValue(text, out status);

    private static class Names<TStatus>
        where TStatus : struct, Enum
    {
        internal static readonly Dictionary<TStatus, string> Texts =
            Enum.GetValues<TStatus>().ToDictionary(status => status, status => status.ToString().ToLowerInvariant());

        internal static readonly Dictionary<string, TStatus> Statuses =
            Texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
