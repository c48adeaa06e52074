using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PayLinks.Tests.Infrastructure;

/// <summary>
/// A window of one person, who notices everything the browser complains about (script errors, refusals by the content
/// security policy, files that are missing) and everything that is sent.
/// </summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private static readonly string[] Rules =
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    // What a color scheme and a width can change.
    private static readonly string[] OfLooks = ["color-contrast", "target-size", "link-in-text-block"];

    /// <summary>For whatever a page is to do by itself.</summary>
    public const int PatienceMilliseconds = 15_000;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<string> _sent = [];
    private readonly ConcurrentDictionary<string, byte> _documents = new(StringComparer.Ordinal);

    internal BrowserWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        context.Request += (_, request) =>
        {
            if (request.IsNavigationRequest)
            {
                _documents.TryAdd(request.Url, 0);
            }

            var headers = string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"));
            _sent.Enqueue($"{request.Method} {request.Url}\n{headers}\n{request.PostData}");
        };
        context.Console += (_, message) =>
        {
            // A page that is answered with 404, 410 or 422 is no error of the page.
            var isTheDocument = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && _documents.ContainsKey(message.Location.Split('#')[0].Split(":0:0")[0]);
            if (message.Type is "error" or "warning" && !isTheDocument)
            {
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => _complaints.Enqueue("script: " + error.Error);
    }

    public IPage Page { get; }

    /// <summary>What the browser complained about.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Every request with address, headers and body.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>Fails if axe finds anything on the page as it stands, or the browser has complained.</summary>
    /// <param name="what">Names the page in the message.</param>
    public async Task ShouldBeAccessibleAsync(string what)
    {
        await Page.EvaluateAsync(Axe);
        await RunAxeAsync(what, Rules);
    }

    /// <summary>Whether it is still so by night (or by day), and on the smallest screen, for a page looked at
    /// above.</summary>
    public async Task ShouldStayAccessibleAsync(string what, bool dark)
    {
        var size = Page.ViewportSize!;
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await Page.SetViewportSizeAsync(320, 640);
        await RunAxeAsync(what + ", the other scheme at 320", new { type = "rule", values = OfLooks });
        var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        Assert.That(overflow, Is.LessThanOrEqualTo(0), $"{what} at 320");
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Light : ColorScheme.Dark });
        await Page.SetViewportSizeAsync(size.Width, size.Height);
    }

    private async Task RunAxeAsync(string what, object rules)
    {
        // Frames are the provider's own pages.
        var found = await Page.EvaluateAsync<string[]>(
            """
            async rules => (await axe.run(document, { runOnly: rules, iframes: false })).violations.flatMap(violation =>
                violation.nodes.map(node => `${violation.impact} ${violation.id}: ${violation.help}: ${node.html}`))
            """,
            rules);
        Assert.That(found, Is.Empty, $"axe on {what} ({Page.Url})");
        ShouldNotHaveComplained();
    }

    public void ShouldNotHaveComplained() => Assert.That(Complaints, Is.Empty, "the browser's console");

    /// <summary>Keeps a picture in the folder <c>screenshots/</c>, which is not under version control.</summary>
    public async Task KeepPictureAsync(string name) => await Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(SourceTree.Root, "screenshots", name + ".png"),
        FullPage = true,
    });

    /// <summary>Closes the window; one that does not close ends with the browser.</summary>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync().AsTask()
        .WaitAsync(TimeSpan.FromMilliseconds(PatienceMilliseconds))
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
