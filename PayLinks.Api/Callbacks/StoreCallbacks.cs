using Npgsql;
using NpgsqlTypes;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Callbacks;

/// <param name="Key">The message's callback key.</param>
/// <param name="Outcome">The provider's own word.</param>
/// <param name="Code">Its error code.</param>
/// <param name="ProviderId">Its id of the message.</param>
internal sealed record MessageCallback(string Key, string Outcome, string? Code, string? ProviderId)
{
    public override string ToString() => Outcome;
}

/// <summary>Writes down what providers tell, in one statement each; the worker makes something of it.</summary>
internal sealed class StoreCallbacks(NpgsqlDataSource database, Vault vault, Wakeups wakeups, TimeProvider clock)
{
    /// <summary>
    /// Stores Mollie's hint to look at a payment. No status comes with it, and none would be believed.
    /// </summary>
    /// <returns>False: no payment has this key.</returns>
    public async Task<bool> PaymentAsync(string key, string mollieId)
    {
        await using var command = database.CreateCommand("select receive_mollie_callback($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = NewId() });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = vault.Hashes(key) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = mollieId });
        var isKnown = (bool)(await command.ExecuteScalarAsync(CancellationToken.None))!;
        FailPoint.Fail("callback.payment-stored");
        if (isKnown)
        {
            wakeups.Work(Wakeups.Payments);
        }

        return isKnown;
    }

    /// <summary>Stores what a provider says of messages, all or nothing.</summary>
    /// <returns>How many of them are about a message of ours.</returns>
    public async Task<int> MessagesAsync(string provider, IReadOnlyList<MessageCallback> callbacks)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = connection.CreateBatch();
        foreach (var callback in callbacks)
        {
            batch.BatchCommands.Add(Store(provider, callback));
        }

        var known = 0;
        await using (var reader = await batch.ExecuteReaderAsync(CancellationToken.None))
        {
            do
            {
                known += await reader.ReadAsync() && reader.GetBoolean(0) ? 1 : 0;
            }
            while (await reader.NextResultAsync());
        }

        FailPoint.Fail("callback.message-stored");
        if (known > 0)
        {
            wakeups.Work(Wakeups.Callbacks);
        }

        return known;
    }

    private NpgsqlBatchCommand Store(string provider, MessageCallback callback) =>
        new("select receive_message_callback($1, $2, $3, $4, $5, $6)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = NewId() },
                new NpgsqlParameter<string> { TypedValue = provider },
                new NpgsqlParameter<byte[][]> { TypedValue = vault.Hashes(callback.Key) },
                new NpgsqlParameter<string> { TypedValue = callback.Outcome },
                Text(callback.Code),
                Text(callback.ProviderId),
            },
        };

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());

    private static NpgsqlParameter Text(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };
}
