using Npgsql;

namespace PayLinks.Bench;

/// <summary>
/// A hand-written worker, which sends what is queued. Where it is told of Mollie, it settles payments too, and sends
/// what comes of them.
/// </summary>
internal static class BareWorker
{
    public const string Command = "bare-worker";
    public const string Channel = "bare_work";

    public static async Task RunAsync(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        using var stop = new CancellationTokenSource();
        using var term = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
        await using var database = NpgsqlDataSource.Create(settings["Database"]!);
        using var twilio = new HttpClient { BaseAddress = new Uri(settings["Twilio"]!) };
        using var mollie = new HttpClient();
        using var toSend = new SemaphoreSlim(0);
        using var toSettle = new SemaphoreSlim(0);
        var merchant = settings["Merchant"];
        List<Task> work = [new BareSender(database, twilio, merchant).RunAsync(toSend, stop.Token)];
        if (settings["Mollie"] is { } url)
        {
            mollie.BaseAddress = new Uri(url);
            work.Add(new BareSettler(database, mollie, merchant!).RunAsync(toSettle, toSend, stop.Token));
            work.Add(ListenAsync(database, toSettle, stop.Token));
        }
        else
        {
            work.Add(ListenAsync(database, toSend, stop.Token));
        }

        try
        {
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private static async Task ListenAsync(
        NpgsqlDataSource database, SemaphoreSlim woken, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => woken.Release();
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }
}
