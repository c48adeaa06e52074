using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Worker.Batches;
using PayLinks.Worker.Callbacks;
using PayLinks.Worker.Health;
using PayLinks.Worker.Notices;
using PayLinks.Worker.Partitions;
using PayLinks.Worker.Reconciliation;
using PayLinks.Worker.Refunds;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker;

public static class Program
{
    /// <summary>Builds the host without starting it; tests start it on a port of their own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddPayLinksCore(
            builder.Configuration, Wakeups.WorkChannel, Wakeups.LinkChannel, Wakeups.OutageChannel);
        builder.Services.AddSending(builder.Configuration);
        builder.Services.AddReconciliation();
        builder.Services.AddRefunds();
        builder.Services.AddCallbacks();
        builder.Services.AddNotices();
        builder.Services.AddSingleton<ClearOldBatches>().AddJob(
            provider => provider.GetRequiredService<ClearOldBatches>());
        builder.Services.AddSingleton<KeepPartitions>().AddJob(
            provider => provider.GetRequiredService<KeepPartitions>());
        builder.Services.AddHealth();
        builder.Services.Configure<HostOptions>(options =>
        {
            // A stop ends leasing at once and waits for what providers are still answering, all jobs at the same time.
            options.ServicesStopConcurrently = true;
            options.ShutdownTimeout = TimeSpan.FromSeconds(10);
        });

        var app = builder.Build();
        app.MapHealth();
        return app;
    }

    public static async Task<int> Main(string[] args)
    {
        if (args is [ReconcileCommand.Name, .. var settings])
        {
            await using var command = Build(settings);
            return await ReconcileCommand.RunAsync(command);
        }

        await Build(args).RunAsync();
        return 0;
    }
}
