namespace PayLinks.Tests.Infrastructure;

/// <summary>
/// At which widths the pages of staff are looked at. Every run sees each language, each scheme and each width; each of
/// them with each other, and so every picture, only when <c>PAYLINKS_SCREENS</c> says <c>all</c>.
/// </summary>
internal static class Screens
{
    public static IReadOnlyList<int> Widths(bool isDark) =>
        Environment.GetEnvironmentVariable("PAYLINKS_SCREENS") == "all" ? [1280, 390] : isDark ? [1280] : [390];
}
