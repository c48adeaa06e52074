using System.ComponentModel.DataAnnotations;
using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Payments;

namespace PayLinks.Worker.Reconciliation;

/// <summary>How payments and links are reconciled: section <c>Reconciliation</c> of the configuration.</summary>
internal sealed class ReconciliationOptions
{
    /// <summary>
    /// How many payments Mollie is asked about at the same time. What is answered at one moment is written down
    /// together, so that more at a time cost less each.
    /// </summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>How long one question may take before another worker asks it; longer than Mollie's time-outs.</summary>
    [Range(2, 600)]
    public int LeaseSeconds { get; set; } = 14;

    /// <summary>How often to look for payments to ask about, and links to expire, although nobody said so.</summary>
    [Range(10, 60000)]
    public int EveryMilliseconds { get; set; } = 1000;

    /// <summary>
    /// How long a customer who is at the bank may go on after the link's expiry, counted from the payment's beginning.
    /// </summary>
    [Range(0, 86400)]
    public int FinishSeconds { get; set; } = 300;

    /// <summary>How long to wait before trying again to expire a link that could not be.</summary>
    [Range(1, 86400)]
    public int ExpireAgainSeconds { get; set; } = 60;

    /// <summary>For how many days a repeated request gets the first answer.</summary>
    [Range(1, 365)]
    public int AnswerDays { get; set; } = 30;

    /// <summary>The time of day, where the merchant is, at which Mollie's books are compared with ours.</summary>
    [Range(typeof(TimeSpan), "00:00", "23:59")]
    public TimeSpan DailyAt { get; set; } = new(3, 0, 0);

    /// <summary>
    /// How far a comparison reaches back behind the last one's end; longer than a bank transfer may stay unpaid.
    /// </summary>
    [Range(0, 8760)]
    public int OverlapHours { get; set; } = 14 * 24;

    /// <summary>How long ago something must have happened at Mollie before it counts as missing here.</summary>
    [Range(0, 3600)]
    public int SettleSeconds { get; set; } = 10;

    /// <summary>How long to wait after a comparison that was interrupted.</summary>
    [Range(1, 1440)]
    public int AgainAfterMinutes { get; set; } = 5;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan Every => TimeSpan.FromMilliseconds(EveryMilliseconds);
}

/// <summary>
/// Asks Mollie about payments that are due: because a callback hinted at them, or because none came for a while. Both
/// are one path, so a lost callback costs time, not money.
/// </summary>
internal sealed partial class PollPayments(
    NpgsqlDataSource database, AskMollie ask, ReconciliationOptions options, ILogger<PollPayments> logger) : IJob
{
    private const string LeaseSql = "select merchant_id, id from lease_payments(@batch, @Lease)";

    private readonly InFlight _inFlight = new(options.Concurrency);

    public string Name => "poll payments";

    public string WokenBy => Wakeups.Payments;

    public TimeSpan Every => options.Every;

    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        _inFlight.FillAsync(LeaseAsync, PollAsync, cancellationToken);

    public Task FinishAsync() => _inFlight.FinishAsync();

    private async Task<IReadOnlyList<PaymentToAsk>> LeaseAsync(int batch, CancellationToken cancellationToken)
    {
        IEnumerable<Leased> leased;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            leased = await connection.QueryAsync<Leased>(new CommandDefinition(
                LeaseSql, new { batch, options.Lease }, cancellationToken: cancellationToken));
        }

        var toAsk = new List<PaymentToAsk>();
        foreach (var merchant in leased.GroupBy(payment => payment.MerchantId, payment => payment.Id))
        {
            toAsk.AddRange(await ask.ReadAsync(merchant.Key, [.. merchant], cancellationToken));
        }

        return toAsk;
    }

    private async Task PollAsync(PaymentToAsk payment)
    {
        try
        {
            FailPoint.Fail("payment.leased");
            await ask.AboutAsync(payment, CancellationToken.None);
        }
#pragma warning disable CA1031 // One payment that cannot be asked about must not stop the others; its turn comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, payment.Id);
        }
    }

    private sealed record Leased(Guid MerchantId, Guid Id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking Mollie about payment {PaymentId} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid paymentId);
}
