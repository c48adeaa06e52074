using Microsoft.Playwright;

namespace PayLinks.Tests.Infrastructure;

/// <summary>One Chromium for the whole run; each test gets a context of its own that shares nothing.</summary>
public static class Browsers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<(IPlaywright Playwright, IBrowser Chromium)>> Running = new(LaunchAsync);

    /// <summary>A phone of 390 by 844 points.</summary>
    public static Task<BrowserWindow> OpenPhoneAsync(
        string locale = "it-IT", bool javaScript = true, bool dark = false) =>
        OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            HasTouch = true,
            Locale = locale,
            JavaScriptEnabled = javaScript,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });

    /// <summary>A desk's screen of 1280 by 900 points.</summary>
    public static Task<BrowserWindow> OpenDesktopAsync(
        string locale = "it-IT", bool javaScript = true, bool dark = false) =>
        OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            Locale = locale,
            JavaScriptEnabled = javaScript,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });

    internal static async Task CloseAsync()
    {
        if (Running.IsValueCreated)
        {
            var (playwright, chromium) = await Running.Value;
            await chromium.CloseAsync();
            playwright.Dispose();
        }
    }

    private static async Task<BrowserWindow> OpenAsync(BrowserNewContextOptions options)
    {
        // Playwright itself would wait for these for ever, and the whole run with it.
        var context = await (await Running.Value).Chromium.NewContextAsync(options).WaitAsync(Patience);
        context.SetDefaultTimeout(BrowserWindow.PatienceMilliseconds);
        return new BrowserWindow(context, await context.NewPageAsync().WaitAsync(Patience));
    }

    private static async Task<(IPlaywright Playwright, IBrowser Chromium)> LaunchAsync()
    {
        var path = Environment.GetEnvironmentVariable("PAYLINKS_CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            throw new InvalidOperationException(
                $"The browser tests need Chromium, and {path} is not there. Run ./test.sh, which installs it, or set "
                + "PAYLINKS_CHROMIUM.");
        }

        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        return (playwright, chromium);
    }
}
