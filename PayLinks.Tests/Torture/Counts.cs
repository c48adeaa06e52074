using System.Globalization;

namespace PayLinks.Tests.Torture;

/// <summary>
/// How often to do what a figure counts: a little each time, as often as the environment says by hand.
/// </summary>
internal static class Counts
{
    public static int Of(string name, int usually) =>
        Environment.GetEnvironmentVariable($"PAYLINKS_{name}") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : usually;
}
