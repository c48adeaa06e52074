using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using PayLinks.Sandbox.Page;

namespace PayLinks.Sandbox.Mollie;

/// <summary>The document inside an iframe of the card fields: one field, or all four for <c>card</c>.</summary>
internal static partial class CardFields
{
    private sealed record Field(string Name, string Autocomplete, string InputMode, string Hint);

    private static readonly Field[] All =
    [
        new("cardNumber", "cc-number", "numeric", "1234 5678 9012 3456"),
        new("cardHolder", "cc-name", "text", ""),
        new("expiryDate", "cc-exp", "numeric", ""),
        new("verificationCode", "cc-csc", "numeric", "123"),
    ];

    private static readonly FrozenSet<string> Components =
        ["card", "cardNumber", "cardHolder", "expiryDate", "verificationCode"];

    public static IResult Handle(string component, HttpContext http)
    {
        var query = http.Request.Query;
        var instance = query["instance"].ToString();
        var parent = query["parent"].ToString();
        if (!Components.Contains(component) || !Instance().IsMatch(instance)
            || !Uri.TryCreate(parent, UriKind.Absolute, out var owner) || owner.Scheme is not ("http" or "https"))
        {
            return Results.NotFound();
        }

        var isItalian = query["locale"].ToString().StartsWith("it", StringComparison.OrdinalIgnoreCase);
        var words = isItalian ? CardWords.Italian : CardWords.English;
        var isWhole = component == "card";
        var inputs = All
            .Where(field => isWhole || field.Name == component)
            .Select(field => Input(field, words, isWhole));
        var shop = owner.GetLeftPart(UriPartial.Authority);
        Html page = $"""
            <!doctype html>
            <html lang="{(isItalian ? "it" : "en")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{words.TitleOf(component)}</title>
            <link rel="stylesheet" href="/assets/component.css">
            </head>
            <body data-component="{component}" data-instance="{instance}" data-parent="{shop}">
            <div class="{(isWhole ? "card" : "only")}">
            {inputs}
            </div>
            <script type="application/json" id="words">{Raw(words.ToScript())}</script>
            <script src="/assets/component.js"></script>
            </body>
            </html>

            """;

        // Any shop may embed the fields; only the sandbox may be told what is typed.
        return Answer.Text(200, page.ToString(), "text/html; charset=utf-8")
            .With("Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
                + "form-action 'none'")
            .With("X-Content-Type-Options", "nosniff")
            .With("Referrer-Policy", "no-referrer")
            .With("Cache-Control", "no-store");
    }

    private static Html Input(Field field, CardWords words, bool isWhole)
    {
        var hint = field.Name == "expiryDate" ? words.ExpiryHint : field.Hint;
        var capitals = field.Name == "cardHolder" ? "words" : "off";
        var width = field.Name is "cardNumber" or "cardHolder" ? "wide" : "half";
        return $"""
            <div class="{width}">
            <label for="{field.Name}">{words.TitleOf(field.Name)}</label>
            <input id="{field.Name}" name="{field.Name}" autocomplete="{field.Autocomplete}"
              inputmode="{field.InputMode}" placeholder="{hint}" spellcheck="false" autocapitalize="{capitals}"
              aria-describedby="{field.Name}-error">
            <span class="{(isWhole ? "error" : "note")}" id="{field.Name}-error" role="alert"></span>
            </div>

            """;
    }

    /// <summary>JSON inside a script element: the default encoder leaves no sign that could end the element.</summary>
    private static Html Raw(Dictionary<string, object> words)
    {
        var html = new Html(0, 0);
        html.AppendLiteral(JsonSerializer.Serialize(words));
        return html;
    }

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex Instance();
}
