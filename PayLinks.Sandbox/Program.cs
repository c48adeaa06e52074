using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Callbacks;
using PayLinks.Sandbox.Control;
using PayLinks.Sandbox.Mollie;
using PayLinks.Sandbox.Page;
using PayLinks.Sandbox.SendGrid;
using PayLinks.Sandbox.Twilio;

namespace PayLinks.Sandbox;

public static class Program
{
    private const string UrlDefault = "http://127.0.0.1:5090";

    /// <summary>Builds the host without starting it; tests start it on a port of their own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.UseUrls(Loopback.Only(builder.Configuration["Urls"] ?? UrlDefault));

        var services = builder.Services;
        services.AddSingleton(
            builder.Configuration.GetSection("Sandbox").Get<SandboxOptions>() ?? new SandboxOptions());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SandboxClock>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<Faults>();
        services.AddSingleton<CallbackModes>();
        services.AddSingleton<SendGridSigner>();
        services.AddSingleton<CallbackSender>();
        services.AddSingleton<PaymentMoves>();
        services.AddSingleton<RefundMoves>();
        services.AddSingleton<SmsMoves>();
        services.AddSingleton<ReceiveSms>();
        services.AddSingleton<EventBatches>();
        services.AddSingleton<EmailMoves>();
        services.AddSingleton<Agenda>();
        services.AddHostedService(provider => provider.GetRequiredService<Agenda>());
        services.AddHostedService<Resume>();
        // Held answers and live pages must not keep a stopped sandbox alive.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var app = builder.Build();
        app.MapControl();
        app.MapPage();
        app.MapMollie();
        app.MapMolliePages();
        app.MapTwilio();
        app.MapSendGrid();
        return app;
    }

    public static Task Main(string[] args) => Build(args).RunAsync();
}
