using PayLinks.Api.Account;
using PayLinks.Api.Assets;
using PayLinks.Api.Batches;
using PayLinks.Api.Callbacks;
using PayLinks.Api.Commands;
using PayLinks.Api.Console;
using PayLinks.Api.Desk;
using PayLinks.Api.Docs;
using PayLinks.Api.Health;
using PayLinks.Api.Links;
using PayLinks.Api.Live;
using PayLinks.Api.Notices;
using PayLinks.Api.Pay;
using PayLinks.Api.Problems;
using PayLinks.Api.Security;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Api.Takings;
using PayLinks.Api.V1;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;

namespace PayLinks.Api;

public static class Program
{
    /// <summary>Builds the host without starting it; tests start it on a port of their own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.ConfigureLogs();
        builder.ConfigureListeners();
        builder.Services.AddPayLinksCore(builder.Configuration, Wakeups.LinkChannel, Wakeups.OutageChannel);
        builder.Services.AddSecurity(builder.Configuration);
        builder.Services.AddHealth();
        builder.Services.AddLinks();
        builder.Services.AddNotices();
        builder.Services.AddV1();
        builder.Services.AddDocs();
        builder.Services.AddPay(builder.Configuration);
        builder.Services.AddCallbacks(builder.Configuration);
        builder.Services.AddSignIn();
        builder.Services.AddAccount();
        builder.Services.AddLive();
        builder.Services.AddConsole();
        builder.Services.AddBatches();
        builder.Services.AddDesk();
        builder.Services.AddTakings();
        builder.Services.AddSettings();

        var app = builder.Build();
        app.UseManagementPort();
        app.UseSecurity();
        app.UseProblems();
        app.UseConsole();
        app.UseApiKeys();
        app.UseDocs();
        app.MapHealth();
        app.MapAssets();
        app.MapProblems();
        app.MapV1();
        app.MapDocs();
        app.MapPay();
        app.MapCallbacks();
        app.MapSignIn();
        app.MapAccount();
        app.MapLive();
        app.MapConsole();
        app.MapBatches();
        app.MapDesk();
        app.MapSettings();
        app.MapTakings();
        return app;
    }

    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args);
}
