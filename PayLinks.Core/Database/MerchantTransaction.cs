using Dapper;
using Npgsql;

namespace PayLinks.Core.Database;

/// <summary>
/// A transaction that sees and writes one merchant's rows and no others. Nothing is kept unless <see
/// cref="CommitAsync"/> ran.
/// </summary>
public sealed class MerchantTransaction : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private MerchantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid merchantId)
    {
        Connection = connection;
        _transaction = transaction;
        MerchantId = merchantId;
    }

    public NpgsqlConnection Connection { get; }

    public Guid MerchantId { get; private set; }

    public static async Task<MerchantTransaction> BeginAsync(
        NpgsqlDataSource database, Guid merchantId, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            // BEGIN is only sent together with the first command, so this is one round trip.
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var merchant = new MerchantTransaction(connection, transaction, merchantId);
            await merchant.SwitchToAsync(merchantId, cancellationToken);
            return merchant;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Goes on as another merchant within the same transaction: only as one that a named function has named.
    /// </summary>
    public async Task SwitchToAsync(Guid merchantId, CancellationToken cancellationToken)
    {
        await Connection.ExecuteAsync(new CommandDefinition(
            "select set_config('paylinks.merchant', @Merchant, true)",
            new { Merchant = merchantId.ToString() },
            cancellationToken: cancellationToken));
        MerchantId = merchantId;
    }

    public Task CommitAsync(CancellationToken cancellationToken = default) =>
        _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

public static class MerchantTransactions
{
    extension(NpgsqlDataSource database)
    {
        public Task<MerchantTransaction> BeginAsync(Guid merchantId, CancellationToken cancellationToken = default) =>
            MerchantTransaction.BeginAsync(database, merchantId, cancellationToken);
    }
}
