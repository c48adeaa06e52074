using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PayLinks.Tests.Infrastructure;

[Flags]
public enum Hosts
{
    None = 0,
    Api = 1,
    Sandbox = 2,
    Worker = 4,
    ApiAndSandbox = Api | Sandbox,
    All = Api | Sandbox | Worker,
}

/// <summary>
/// PayLinks as it runs: API, worker and sandbox on ports of their own, over a database of their own, with one merchant.
/// Tests speak to it as merchant, customer or provider, over HTTP; they never reach into a host.
/// </summary>
public sealed partial class TestSystem : IAsyncDisposable
{
    private readonly List<WebApplication> _hosts = [];
    private readonly Dictionary<string, string> _settings;
    private readonly ECDsa _sendGridKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _sandboxUrl = $"http://127.0.0.1:{Ports.Next()}";

    private bool _hasSandbox;

    private TestSystem(TestDatabase database)
    {
        Database = database;
        ApiUrl = $"http://127.0.0.1:{Ports.Next()}";
        Sandbox = new SandboxBooks(_sandboxUrl);
        _settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["environment"] = "Development",
            ["ConnectionStrings:PayLinks"] = database.AppConnection,
            ["ConnectionStrings:Migrations"] = database.SuperuserConnection,
            ["PublicUrl"] = ApiUrl,
            ["MasterKey"] = MasterKey,
            ["Mollie:BaseUrl"] = _sandboxUrl + "/v2/",
            ["Mollie:ScriptUrl"] = _sandboxUrl + "/v1/mollie.js",
            ["Twilio:BaseUrl"] = _sandboxUrl + "/2010-04-01/",
            ["Twilio:AccountSid"] = TwilioSid,
            ["Twilio:AuthToken"] = TwilioToken,
            ["SendGrid:BaseUrl"] = _sandboxUrl,
            ["SendGrid:ApiKey"] = SendGridKey,
            ["SendGrid:EventPublicKey"] = Convert.ToBase64String(_sendGridKey.ExportSubjectPublicKeyInfo()),
            // Nearly every test writes to the same number; those about the limits set them.
            ["Limits:TextsPerNumber"] = "0",
            ["Limits:TextsPerNumberAndDay"] = "0",
            ["Limits:TextsPerPrefixAndHour"] = "0",
            ["Limits:ResendAfterSeconds"] = "0",
            ["Limits:ResendsPerLink"] = "0",
            // The logs are captured below; printing them would bury the results.
            ["Logging:Console:LogLevel:Default"] = "None",
        };
    }

    /// <summary>Made from words at run time, so that no key stands in the source.</summary>
    public static string MasterKey { get; } =
        "test:" + Convert.ToBase64String(SHA256.HashData("the master key of the tests"u8));

    /// <summary>What the sandbox accepts as the installation's account at Twilio.</summary>
    public static string TwilioSid { get; } = "AC" + Digest("twilio account")[..32];

    public static string TwilioToken { get; } = Digest("twilio token")[..32];

    public static string SendGridKey { get; } = $"SG.{Digest("sendgrid id")[..22]}.{Digest("sendgrid secret")[..43]}";

    /// <summary>The merchant's key at Mollie.</summary>
    public static string MollieKey { get; } = "test_" + Digest("mollie key")[..30];

    /// <summary>No limit that tells somebody to slow down, as in <c>run.sh</c>.</summary>
    public static IReadOnlyDictionary<string, string> WideOpen { get; } = new Dictionary<string,
        string>(StringComparer.Ordinal)
    {
        ["Limits:RequestsPerSecond"] = "1000000",
        ["Limits:RequestsBurst"] = "1000000",
        ["Limits:FailedPaymentsPerLink"] = "10000",
        ["Limits:UnknownTokensPerClient"] = "1000000",
        ["SignIn:AttemptsPerAddress"] = "1000000",
        ["Sending:AlphanumericPerSecond"] = "1000000",
    };

    public TestDatabase Database { get; }

    /// <summary>The address of the API and of all pages, without a slash at the end.</summary>
    public string ApiUrl { get; }

    /// <summary>The API's listener for whoever runs it.</summary>
    public string ApiManagementUrl { get; } = $"http://127.0.0.1:{Ports.Next()}";

    public string SandboxUrl => _sandboxUrl;

    /// <summary>Everything that API, worker and sandbox have logged.</summary>
    public CapturedLogs Logs { get; } = new();

    /// <summary>The providers' own books, and their switches.</summary>
    public SandboxBooks Sandbox { get; }

    /// <summary>The merchant's program, which holds an API key.</summary>
    public Merchant Merchant { get; private set; } = null!;

    /// <param name="hosts">What to start; the fewer, the quicker.</param>
    /// <param name="settings">
    /// Settings of API and worker that the test is about, like <c>["Polling:FinallyEverySeconds"] = "5"</c>.
    /// </param>
    public static async Task<TestSystem> StartAsync(
        Hosts hosts = Hosts.All, IReadOnlyDictionary<string, string>? settings = null)
    {
        var system = new TestSystem(await TestDatabase.CreateAsync());
        try
        {
            foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                system._settings[name] = value;
            }

            await system.StartHostsAsync(hosts);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>A customer with a browser of their own that keeps cookies and follows no redirects.</summary>
    public Customer NewCustomer(string? acceptLanguage = "it-IT") => new(ApiUrl, acceptLanguage, Told);

    /// <summary>Moves the database's clock and the providers'.</summary>
    public async Task MoveClockAsync(TimeSpan ahead)
    {
        await Database.MoveClockAsync(ahead);
        if (_hasSandbox)
        {
            await Sandbox.MoveClockAsync(ahead);
        }
    }

    /// <summary>The arguments that let an API process run in the place of ours.</summary>
    public string[] ApiArguments() => Arguments(
        "PayLinks.Api", ("urls", ApiUrl), ("ManagementPort", Text(new Uri(ApiManagementUrl).Port)));

    /// <summary>The arguments that let a sandbox process run in the place of ours.</summary>
    public string[] SandboxArguments() => Arguments(
        "PayLinks.Sandbox",
        ("urls", _sandboxUrl),
        ("Sandbox:PublicUrl", _sandboxUrl),
        ("Sandbox:MollieKeys:0", MollieKey),
        ("Sandbox:TwilioAccountSid", TwilioSid),
        ("Sandbox:TwilioAuthToken", TwilioToken),
        ("Sandbox:TwilioInboundUrl", ApiUrl + "/callbacks/twilio/inbound"),
        ("Sandbox:SendGridKey", SendGridKey),
        ("Sandbox:SendGridPrivateKey", Convert.ToBase64String(_sendGridKey.ExportPkcs8PrivateKey())),
        ("Sandbox:SendGridEventUrl", ApiUrl + "/callbacks/sendgrid/events"));

    /// <summary>The arguments that let a worker process run against this system.</summary>
    public string[] WorkerArguments() =>
        Arguments("PayLinks.Worker", ("urls", "http://127.0.0.1:0"), ("ManagementPort", Text(Ports.Next())));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await CheckLedgersAtTheEndAsync();
        }
        finally
        {
            await StopAsync();
        }
    }

    private async Task StopAsync()
    {
        // The last to start stops first: who asks goes before who answers.
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await host.StopAsync(patience.Token);
            await host.DisposeAsync();
        }

        Sandbox.Dispose();
        Merchant?.Dispose();
        _sendGridKey.Dispose();
        await Database.DisposeAsync();
    }

    private async Task StartHostsAsync(Hosts hosts)
    {
        _hasSandbox = hosts.HasFlag(Hosts.Sandbox);
        if (_hasSandbox)
        {
            await StartAsync(PayLinks.Sandbox.Program.Build(SandboxArguments()));
        }

        Merchant = new Merchant(ApiUrl, await AddMerchantAsync(), Told);

        if (hosts.HasFlag(Hosts.Api))
        {
            await StartAsync(PayLinks.Api.Program.Build(ApiArguments()));
        }

        if (hosts.HasFlag(Hosts.Worker))
        {
            await StartAsync(PayLinks.Worker.Program.Build(WorkerArguments()));
        }
    }

    private async Task StartAsync(WebApplication host)
    {
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(Logs);
        _hosts.Add(host);
        await host.StartAsync();
    }

    // The content root is the project's own folder, so that each host reads the appsettings.json that it ships with.
    private string[] Arguments(string project, params IEnumerable<(string Name, string Value)> more) =>
    [
        .. _settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        .. more.Select(setting => $"--{setting.Name}={setting.Value}"),
        "--contentRoot=" + SourceTree.PathOf(project),
    ];

    private static string Digest(string words) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)));

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
