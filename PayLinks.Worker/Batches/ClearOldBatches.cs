using Dapper;
using Npgsql;

namespace PayLinks.Worker.Batches;

/// <summary>
/// Forgets what rows of files said that became no links, once nobody is likely to mend them any more.
/// </summary>
internal sealed class ClearOldBatches(NpgsqlDataSource database) : IJob
{
    private const int BatchSize = 10;

    // The page of a batch says both.
    private static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(7);
    private static readonly TimeSpan Ended = TimeSpan.FromDays(30);

    public string Name => "clear old batches";

    public string? WokenBy => null;

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var cleared = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select clear_old_batches(@Unconfirmed, @Ended, @BatchSize)",
            new { Unconfirmed, Ended, BatchSize },
            cancellationToken: cancellationToken));
        return cleared == BatchSize;
    }
}
