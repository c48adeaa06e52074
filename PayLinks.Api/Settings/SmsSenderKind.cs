using System.Text.RegularExpressions;

namespace PayLinks.Api.Settings;

/// <summary>What texts come from. The database holds the same forms.</summary>
public enum SmsSenderKind
{
    /// <summary>Letters that the customer reads and cannot answer.</summary>
    Name,
    Number,
    ShortCode,

    /// <summary>A pool of senders at Twilio, by its id.</summary>
    Service,
}

internal static partial class SmsSenderKinds
{
    /// <summary>Null for what is no sender.</summary>
    public static SmsSenderKind? Of(string sender) =>
        Number().IsMatch(sender) ? SmsSenderKind.Number
        : ShortCode().IsMatch(sender) ? SmsSenderKind.ShortCode
        : Service().IsMatch(sender) ? SmsSenderKind.Service
        : Name().IsMatch(sender) && sender.Trim() == sender ? SmsSenderKind.Name
        : null;

    [GeneratedRegex(@"\A(?=.*[A-Za-z])[A-Za-z0-9 &.+_-]{3,11}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A[0-9]{3,8}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShortCode();

    [GeneratedRegex(@"\AMG[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Service();
}
