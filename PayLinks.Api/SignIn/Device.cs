namespace PayLinks.Api.SignIn;

/// <summary>Words by which people recognise a browser of theirs, like <c>Firefox, Windows</c>.</summary>
internal static class Device
{
    // The first that is found: most browsers also claim to be those below them.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>Null when the request says nothing that we know.</summary>
    public static string? Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        string?[] names = [Find(Browsers, agent), Find(Systems, agent)];
        return string.Join(", ", names.OfType<string>()) is { Length: > 0 } words ? words : null;
    }

    private static string? Find((string Sign, string Name)[] known, string agent) =>
        Array.Find(known, one => agent.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
