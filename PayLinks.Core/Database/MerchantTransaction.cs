using Dapper;
using Npgsql;

namespace PayLinks.Core.Database;

/// <summary>
/// A transaction that sees and writes one merchant's rows and no others. Nothing is kept unless <see
/// cref="CommitAsync(CancellationToken)"/> ran.
/// </summary>
public sealed class MerchantTransaction : IAsyncDisposable
{
    private const string EnterSql = "select set_config('paylinks.merchant', @Merchant, true)";

    private readonly NpgsqlTransaction _transaction;

    private MerchantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid merchantId)
    {
        Connection = connection;
        _transaction = transaction;
        MerchantId = merchantId;
    }

    public NpgsqlConnection Connection { get; }

    public Guid MerchantId { get; private set; }

    public static Task<MerchantTransaction> BeginAsync(
        NpgsqlDataSource database, Guid merchantId, CancellationToken cancellationToken) =>
        BeginAsync(
            database, merchantId, transaction => transaction.SwitchToAsync(merchantId, cancellationToken),
            cancellationToken);

    /// <summary>Begins with a question, in the same round trip.</summary>
    /// <param name="question">Statements whose results <paramref name="read"/> takes in their order.</param>
    public static async Task<(MerchantTransaction Transaction, T Answer)> BeginAsync<T>(
        NpgsqlDataSource database, Guid merchantId, string question, object? parameters,
        Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancellationToken)
    {
        T answer = default!;
        var begun = await BeginAsync(
            database, merchantId,
            async transaction => answer = await AskAsync(
                transaction.Connection, merchantId, question, parameters, read, cancellationToken),
            cancellationToken);
        return (begun, answer);
    }

    /// <summary>
    /// Asks in one round trip and changes nothing: statements that travel together are a transaction, and the merchant
    /// is forgotten at its end.
    /// </summary>
    public static async Task<T> AskAsync<T>(
        NpgsqlConnection connection, Guid merchantId, string question, object? parameters,
        Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancellationToken)
    {
        var all = new DynamicParameters(parameters);
        all.Add("Merchant", merchantId.ToString());
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(
            $"{EnterSql}; {question}", all, cancellationToken: cancellationToken));
        await answers.ReadSingleAsync<string>();
        return await read(answers);
    }

    /// <summary>
    /// Goes on as another merchant within the same transaction: only as one that a named function has named.
    /// </summary>
    public async Task SwitchToAsync(Guid merchantId, CancellationToken cancellationToken)
    {
        await Connection.ExecuteAsync(new CommandDefinition(
            EnterSql, new { Merchant = merchantId.ToString() }, cancellationToken: cancellationToken));
        MerchantId = merchantId;
    }

    public Task CommitAsync(CancellationToken cancellationToken = default) =>
        _transaction.CommitAsync(cancellationToken);

    /// <summary>Ends with a statement that nobody waits for, in the same round trip.</summary>
    public Task CommitAsync(string last, object parameters, CancellationToken cancellationToken = default) =>
        Connection.ExecuteAsync(new CommandDefinition(
            $"{last}; commit", parameters, cancellationToken: cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private static async Task<MerchantTransaction> BeginAsync(
        NpgsqlDataSource database, Guid merchantId, Func<MerchantTransaction, Task> enter,
        CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            // BEGIN is only sent together with the first command, so this is one round trip.
            var transaction = new MerchantTransaction(
                connection, await connection.BeginTransactionAsync(cancellationToken), merchantId);
            await enter(transaction);
            return transaction;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}

public static class MerchantTransactions
{
    extension(NpgsqlDataSource database)
    {
        public Task<MerchantTransaction> BeginAsync(Guid merchantId, CancellationToken cancellationToken = default) =>
            MerchantTransaction.BeginAsync(database, merchantId, cancellationToken);

        /// <summary>See <see cref="MerchantTransaction.AskAsync"/>.</summary>
        public async Task<T> AskAsync<T>(
            Guid merchantId, string question, object? parameters, Func<SqlMapper.GridReader, Task<T>> read,
            CancellationToken cancellationToken = default)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            return await MerchantTransaction.AskAsync(
                connection, merchantId, question, parameters, read, cancellationToken);
        }
    }
}
