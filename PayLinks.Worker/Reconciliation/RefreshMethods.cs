using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;
using PayLinks.Core.Payments;
using MethodsAnswer = PayLinks.Core.Mollie.MollieAnswer<PayLinks.Core.Mollie.MollieMethodList>;

namespace PayLinks.Worker.Reconciliation;

/// <summary>
/// Asks Mollie which ways to pay each account has, every ten minutes as long as it has open links, so that the
/// customer's page asks nobody. An account that could not be asked about is asked about again after a minute.
/// </summary>
internal sealed partial class RefreshMethods(
    NpgsqlDataSource database, MollieClient mollie, MollieAccounts accounts, ILogger<RefreshMethods> logger) : IJob
{
    private const int BatchSize = 32;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private const string LeaseSql =
        "select merchant_id, mode, currency, amount_minor from lease_method_lists(@BatchSize, @Lease)";

    private const string WriteSql =
        """
        insert into method_list (merchant_id, mode, currency, profile_id, methods, told_at)
        values (paylinks_merchant(), @Mode, @Currency, @ProfileId, @methods::jsonb, paylinks_now())
        on conflict (merchant_id, mode, currency) do update
        set profile_id = excluded.profile_id, methods = excluded.methods, told_at = excluded.told_at
        """;

    private const string PostponeSql =
        """
        update mollie_account set methods_due_at = paylinks_now() + @GoodFor
        where merchant_id = paylinks_merchant() and mode = @Mode
        """;

    public string Name => "refresh methods";

    public string? WokenBy => null;

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        List<Wanted> leased;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            leased = (await connection.QueryAsync<Wanted>(new CommandDefinition(
                LeaseSql, new { BatchSize, Lease }, cancellationToken: cancellationToken))).AsList();
        }

        var wanted = leased.GroupBy(one => (one.MerchantId, one.Mode)).ToList();
        await Task.WhenAll(wanted.Select(account => RefreshAsync([.. account], cancellationToken)));
        return wanted.Count == BatchSize;
    }

    // All of one account.
    private async Task RefreshAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        var (merchantId, mode) = (wanted[0].MerchantId, wanted[0].Mode);
        try
        {
            var account = await OpenAsync(merchantId, mode, cancellationToken);
            var told = new List<(string Currency, string Methods)>();
            foreach (var one in wanted)
            {
                var newest = new Money(one.AmountMinor, Currency.Get(one.Currency));
                var answer = await mollie.ListMethodsAsync(
                    account.Key, PaymentWays.ToAskWith(newest), cancellationToken);
                if (answer is MethodsAnswer.Done { Value: var list })
                {
                    told.Add((one.Currency, PaymentWays.Write(list, newest.Currency)));
                }
            }

            await WriteAsync(merchantId, mode, account.ProfileId, told, isComplete: told.Count == wanted.Count);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One account that cannot be asked about must not stop the others; its turn comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error, merchantId, mode);
        }
    }

    private async Task<MollieAccount> OpenAsync(Guid merchantId, string mode, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(merchantId, cancellationToken);
        return (await accounts.FindAsync(transaction, mode))!;
    }

    private async Task WriteAsync(
        Guid merchantId, string mode, string profileId, IReadOnlyList<(string Currency, string Methods)> told,
        bool isComplete)
    {
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        foreach (var (currency, methods) in told)
        {
            await transaction.Connection.ExecuteAsync(
                WriteSql, new { Mode = mode, Currency = currency, ProfileId = profileId, methods });
        }

        if (isComplete)
        {
            await transaction.Connection.ExecuteAsync(PostponeSql, new { Mode = mode, GoodFor });
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private sealed record Wanted(Guid MerchantId, string Mode, string Currency, long AmountMinor);

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking for the ways to pay of {MerchantId} ({Mode}) failed")]
    private static partial void LogFailed(ILogger logger, Exception error, Guid merchantId, string mode);
}
