using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Page;

/// <summary>
/// The HTML of an email, for an iframe: its own styles and pictures, no script, no form, links in a new tab. A policy
/// of its own keeps the page around it strict.
/// </summary>
internal static class EmailFrame
{
    public static IResult Show(string id, Ledger books)
    {
        var email = books.Do(b => b.Messages.TryFind(id, out var message) ? message : null);
        return email?.Html is not { } html
            ? Results.NotFound()
            : Answer.Text(200, "<!doctype html><base target=\"_blank\">" + html, "text/html; charset=utf-8")
                .With("Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-ancestors 'self'; "
                    + "sandbox allow-popups allow-popups-to-escape-sandbox")
                .With("X-Content-Type-Options", "nosniff")
                .With("Referrer-Policy", "no-referrer")
                .With("Cache-Control", "no-store");
    }
}
