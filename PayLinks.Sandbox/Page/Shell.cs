namespace PayLinks.Sandbox.Page;

/// <summary>The frame around every page of the sandbox, and its content security policy.</summary>
internal static class Shell
{
    /// <summary>
    /// A whole page. A form may end, through a redirect, at the shop named in <paramref name="shopUrl"/>.
    /// </summary>
    public static Answer Page(int status, string title, Html main, string? shopUrl = null, bool isLive = false)
    {
        var script = isLive ? (Html)$"""<script src="/assets/page.js" defer></script>""" : Html.Empty;
        Html page = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{title}</title>
            <link rel="icon" href="/assets/card.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/assets/page.css">
            {script}
            </head>
            <body>
            {main}
            </body>
            </html>

            """;
        var shop = Uri.TryCreate(shopUrl, UriKind.Absolute, out var url)
            ? $" {url.GetLeftPart(UriPartial.Authority)}"
            : "";
        return Answer.Text(status, page.ToString(), "text/html; charset=utf-8")
            .With("Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + $"frame-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'{shop}")
            .With("X-Content-Type-Options", "nosniff")
            .With("Referrer-Policy", "no-referrer")
            .With("Cache-Control", "no-store");
    }
}
