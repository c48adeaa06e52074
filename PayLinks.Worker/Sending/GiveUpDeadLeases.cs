using Dapper;
using Npgsql;

namespace PayLinks.Worker.Sending;

/// <summary>Takes messages from workers that died: their fate is unknown, because the provider may have them.</summary>
internal sealed partial class GiveUpDeadLeases(
    NpgsqlDataSource database, SendingOptions options, ILogger<GiveUpDeadLeases> logger) : IJob
{
    private const int BatchSize = 500;

    public string Name => "give up dead leases";

    public string? WokenBy => null;

    public TimeSpan Every => options.Every;

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var count = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select give_up_dead_leases(@BatchSize)", new { BatchSize }, cancellationToken: cancellationToken));
        if (count > 0)
        {
            FailPoint.Fail("message.given-up");
            LogGivenUp(logger, count);
        }

        return count == BatchSize;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Count} messages were left by a worker that died; they are being looked up")]
    private static partial void LogGivenUp(ILogger logger, int count);
}
