using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using PayLinks.Tests.Ledgers;

namespace PayLinks.Tests.Infrastructure;

/// <summary>
/// A customer's browser over plain HTTP: keeps cookies (also Secure ones, as browsers do on loopback, which
/// <see cref="CookieContainer"/> does not), fills in a form's hidden fields, follows no redirect.
/// </summary>
public sealed partial class Customer : IDisposable
{
    private readonly string _url;
    private readonly string? _acceptLanguage;
    private readonly Told _told;
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <param name="told">Where to keep what the customer is told.</param>
    public Customer(string url, string? acceptLanguage, Told? told = null)
    {
        _url = url;
        _acceptLanguage = acceptLanguage;
        _told = told ?? new Told();
        var plain = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        _http = new HttpClient(_told.ListenTo(plain)) { BaseAddress = new Uri(url) };
        _http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        if (acceptLanguage is not null)
        {
            _http.DefaultRequestHeaders.Add("Accept-Language", acceptLanguage);
        }
    }

    /// <summary>How long the browser waits for an answer before it gives up.</summary>
    public TimeSpan Patience
    {
        init => _http.Timeout = value;
    }

    /// <summary>What the browser says it is.</summary>
    public string Agent
    {
        init => _http.DefaultRequestHeaders.Add("User-Agent", value);
    }

    /// <summary>Another browser into which this one's cookies were copied.</summary>
    public Customer WithSameCookies()
    {
        var copy = new Customer(_url, _acceptLanguage, _told);
        foreach (var (name, value) in _cookies)
        {
            copy._cookies[name] = value;
        }

        return copy;
    }

    /// <summary>The value of a cookie that the browser keeps.</summary>
    public string Cookie(string name) => _cookies[name];

    /// <summary>Opens a page as a click on a link does.</summary>
    public async Task<SeenPage> OpenAsync(string url) => await SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

    /// <summary>Submits the page's form whose action ends as told, with its hidden fields and these.</summary>
    public async Task<SeenPage> SubmitAsync(SeenPage page, string actionEnd,
        params IEnumerable<(string Name, string Value)> fields)
    {
        var form = page.FormTo(actionEnd);
        var content = form.Hidden.Where(hidden => fields.All(field => field.Name != hidden.Key)).ToList();
        content.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Url, form.Action))
        {
            Content = new FormUrlEncodedContent(content),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Origin", "null");
        return await SendAsync(request);
    }

    /// <summary>Opens the link and pays with a card token, as the page's script does after the PSP's fields gave it
    /// one.</summary>
    /// <returns>The answer to the form: 303 to our own result page when the bank is to be asked.</returns>
    public async Task<SeenPage> PayAsync(string linkUrl, string cardToken)
    {
        var page = await OpenAsync(linkUrl);
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Html);
        return await SubmitAsync(page, "/pay", ("cardToken", cardToken));
    }

    /// <summary>What the waiting page asks while it waits.</summary>
    public async Task<PageStatus> StatusAsync(string linkUrl) =>
        (await _http.GetFromJsonAsync<PageStatus>(linkUrl + "/status"))!;

    public async Task<SeenPage> SendAsync(HttpRequestMessage request)
    {
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        using var response = await _http.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return new SeenPage(
            response.RequestMessage!.RequestUri!, response.StatusCode, response.Headers.Location,
            await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>An HTML page as it came.</summary>
/// <param name="Location">Where a redirect leads.</param>
public sealed partial record SeenPage(Uri Url, HttpStatusCode Status, Uri? Location, string Html)
{
    /// <summary>The page's words without its tags.</summary>
    public string Words => WebUtility.HtmlDecode(Tag().Replace(NotRead().Replace(Html, " "), " "));

    /// <summary>The form whose action ends with this path.</summary>
    public (string Action, IReadOnlyDictionary<string, string> Hidden) FormTo(string actionEnd)
    {
        foreach (var form in Form().Matches(Html).Cast<Match>())
        {
            var action = Attribute(form.Groups["tag"].Value, "action");
            if (action?.Split('?')[0].EndsWith(actionEnd, StringComparison.Ordinal) == true)
            {
                var hidden = Input().Matches(form.Groups["body"].Value).Select(input => input.Value)
                    .Where(input => Attribute(input, "type") == "hidden" && Attribute(input, "name") is not null)
                    .ToDictionary(
                        input => Attribute(input, "name")!,
                        input => Attribute(input, "value") ?? "",
                        StringComparer.Ordinal);
                return (action, hidden);
            }
        }

        throw new AssertionException($"{Url} ({(int)Status}) has no form to '{actionEnd}':\n{Html}");
    }

    private static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(
            tag, $"""\s{name}=("(?<v>[^"]*)"|'(?<v>[^']*)'|(?<v>[^\s>"']+))""",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);
        return match.Success ? WebUtility.HtmlDecode(match.Groups["v"].Value) : null;
    }

    [GeneratedRegex(
        "<form(?<tag>[^>]*)>(?<body>.*?)</form>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Input();

    [GeneratedRegex(
        "<(?<name>script|style|head)[^>]*>.*?</\\k<name>>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NotRead();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
