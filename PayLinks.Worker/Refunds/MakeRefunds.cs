using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Worker.Refunds;

/// <summary>
/// Makes the refunds that are due: new ones, and those of which it is not known whether Mollie has them.
/// </summary>
internal sealed partial class MakeRefunds(
    NpgsqlDataSource database, MakeRefund make, ReconciliationOptions options, ILogger<MakeRefunds> logger) : IJob
{
    private const string LeaseSql = "select merchant_id, id from lease_refunds(@batch, @Lease)";

    private readonly InFlight _inFlight = new(options.Concurrency);

    public string Name => "make refunds";

    public string WokenBy => Wakeups.Refunds;

    public TimeSpan Every => options.Every;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, MakeAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<Leased>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Leased>(new CommandDefinition(
            LeaseSql, new { batch, options.Lease }, cancellationToken: cancellationToken))).AsList();
    }

    private async Task MakeAsync(Leased refund)
    {
        try
        {
            FailPoint.Fail("refund.leased");
            await make.ExecuteAsync(refund.MerchantId, refund.Id);
        }
#pragma warning disable CA1031 // One refund that cannot be made must not stop the others; its turn comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, refund.Id);
        }
    }

    private sealed record Leased(Guid MerchantId, Guid Id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Making refund {RefundId} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid refundId);
}

internal static class RefundRegistration
{
    public static IServiceCollection AddRefunds(this IServiceCollection services)
    {
        services.AddSingleton<MakeRefund>();
        services.AddSingleton<MakeRefunds>().AddJob(provider => provider.GetRequiredService<MakeRefunds>());
        return services;
    }
}
