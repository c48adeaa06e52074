using System.Text.RegularExpressions;

namespace PayLinks.Api.Settings;

/// <summary>What Mollie's API keys look like. A key is of one mode, and says so.</summary>
internal static partial class MollieKey
{
    /// <summary><c>test</c> or <c>live</c>; null for what is no key.</summary>
    public static string? ModeOf(string key) => Form().Match(key) is { Success: true } match
        ? match.Groups["mode"].Value
        : null;

    /// <summary>As much of a key as may be shown.</summary>
    public static string Masked(string key) => "•••• " + key[^4..];

    [GeneratedRegex(@"\A(?<mode>test|live)_[A-Za-z0-9]{20,64}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
