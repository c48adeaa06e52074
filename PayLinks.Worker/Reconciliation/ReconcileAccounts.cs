using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;
using PayLinks.Core.Reconciliation;

namespace PayLinks.Worker.Reconciliation;

internal enum ReconciliationOutcome
{
    Agreed,
    Differed,
    Interrupted,
}

/// <summary>
/// Once a day, compares Mollie's books of each account with ours and stores what was found. A difference is an alert:
/// a report, a line in the log, a number in the metrics.
/// </summary>
internal sealed partial class ReconcileAccounts(
    NpgsqlDataSource database, MollieAccounts accounts, HoldAccount hold, CompareBooks compare,
    ReconciliationMetrics metrics, ReconciliationOptions options, ILogger<ReconcileAccounts> logger) : IJob
{
    public string Name => "reconcile accounts";

    public string WokenBy => Wakeups.Reconciliation;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        await ReconcileNextAsync(cancellationToken) is not null;

    /// <summary>Reconciles one account that is due.</summary>
    /// <returns>What came of it, or null if none was due.</returns>
    public async Task<ReconciliationOutcome?> ReconcileNextAsync(CancellationToken cancellationToken)
    {
        if (await hold.LeaseAsync(cancellationToken) is not { } account)
        {
            return null;
        }

        Opened? opened = null;
        try
        {
            opened = await hold.OpenAsync(account);
            var key = await OpenKeyAsync(account, cancellationToken);
            var findings = await compare.RunAsync(
                account, key, (opened.Since, opened.Until), () => hold.RenewAsync(account), cancellationToken);
            Tell(account, opened, findings, await hold.FinishAsync(account, opened, findings));
            return findings.Differences.Count == 0 ? ReconciliationOutcome.Agreed : ReconciliationOutcome.Differed;
        }
        catch (TakenOverException taken)
        {
            LogTakenOver(logger, taken.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await hold.InterruptAsync(account, opened, reason: null, wait: TimeSpan.Zero);
            throw;
        }
        catch (BooksClosedException closed)
        {
            await InterruptAsync(account, opened, closed, closed.Reason);
        }
#pragma warning disable CA1031 // One account that cannot be reconciled must not stop the others; its turn comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await InterruptAsync(account, opened, error, "worker_failed");
        }

        return ReconciliationOutcome.Interrupted;
    }

    private async Task<string> OpenKeyAsync(Account account, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(account.MerchantId, cancellationToken);
        return (await accounts.FindAsync(transaction, account.Mode))!.Key;
    }

    private async Task InterruptAsync(Account account, Opened? opened, Exception error, string reason)
    {
        LogInterrupted(logger, error, account.MerchantId, account.Mode, reason);
        metrics.CountRun(account.Mode, reason);
        await hold.InterruptAsync(account, opened, reason, TimeSpan.FromMinutes(options.AgainAfterMinutes));
    }

    private void Tell(Account account, Opened opened, Findings findings, IReadOnlyList<Difference> differences)
    {
        metrics.CountRun(account.Mode, "finished");
        foreach (var (about, lines) in findings.Listed)
        {
            metrics.CountCompared(account.Mode, about, lines);
        }

        foreach (var difference in differences)
        {
            metrics.CountDifference(account.Mode, difference);
            LogDifference(
                logger, account.MerchantId, account.Mode, difference.Kind, difference.About, difference.MollieId,
                difference.Ours, difference.Theirs);
        }

        LogFinished(
            logger, opened.Id, account.MerchantId, account.Mode, findings.Matched, findings.Differences.Count,
            differences.Count);
    }

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Books differ at {MerchantId} ({Mode}): {Kind}, {About} {MollieId}; ours: {Ours}; Mollie's: {Theirs}")]
    private static partial void LogDifference(
        ILogger logger, Guid merchantId, string mode, DifferenceKind kind, BookSubject about, string mollieId,
        BookEntry? ours, BookEntry? theirs);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Reconciliation {Id} of {MerchantId} ({Mode}): {Matched} matched, {Differences} differ, {New} of them new")]
    private static partial void LogFinished(
        ILogger logger, Guid id, Guid merchantId, string mode, int matched, int differences, int @new);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Reconciling {MerchantId} ({Mode}) was interrupted ({Reason}); it begins again at the same mark")]
    private static partial void LogInterrupted(
        ILogger logger, Exception error, Guid merchantId, string mode, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gave up a reconciliation: {Why}")]
    private static partial void LogTakenOver(ILogger logger, string why);
}
