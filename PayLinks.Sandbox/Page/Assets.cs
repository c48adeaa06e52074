using System.Collections.Frozen;

namespace PayLinks.Sandbox.Page;

/// <summary>The files that are built in.</summary>
internal static class Assets
{
    private static readonly FrozenDictionary<string, Answer> Files = new Dictionary<string, Answer>
    {
        ["mollie.js"] = Read("mollie.js", "text/javascript; charset=utf-8"),
        ["component.js"] = Read("component.js", "text/javascript; charset=utf-8"),
        ["component.css"] = Read("component.css", "text/css; charset=utf-8"),
        ["page.js"] = Read("page.js", "text/javascript; charset=utf-8"),
        ["page.css"] = Read("page.css", "text/css; charset=utf-8"),
        ["card.svg"] = Read("card.svg", "image/svg+xml"),
    }.ToFrozenDictionary();

    /// <summary>Mollie's script, which is loaded by pages of other origins, filled up to so many bytes.</summary>
    public static Answer MollieScript(int bytes)
    {
        var script = Files["mollie.js"].With("Cross-Origin-Resource-Policy", "cross-origin");
        var filling = Enumerable.Repeat((byte)'\n', Math.Max(0, bytes - script.Body.Length));
        return script with { Body = [.. script.Body, .. filling] };
    }

    public static IResult File(string name) => Files.TryGetValue(name, out var file) ? file : Results.NotFound();

    private static Answer Read(string name, string contentType)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"{name} is not built in.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return (Answer.Empty(200) with { ContentType = contentType, Body = bytes.ToArray() })
            .With("Cache-Control", "no-cache").With("X-Content-Type-Options", "nosniff");
    }
}
