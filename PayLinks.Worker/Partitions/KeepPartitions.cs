using Dapper;
using Npgsql;
using PayLinks.Worker.Callbacks;
using PayLinks.Worker.Notices;

namespace PayLinks.Worker.Partitions;

/// <summary>
/// Looks after what is kept by the month: makes the months to come, so that every row finds its own, and drops those
/// that nobody is likely to look at any more.
/// </summary>
internal sealed partial class KeepPartitions(
    NpgsqlDataSource database, CallbackOptions callbacks, NoticeOptions notices, ILogger<KeepPartitions> logger) : IJob
{
    // For as long no worker need run before a row finds no month of its own.
    private const int MonthsAhead = 3;

    public string Name => "keep partitions";

    public string? WokenBy => null;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await KeepAsync("callback", callbacks.LogDays, cancellationToken);
        await KeepAsync("notice_attempt", notices.LogDays, cancellationToken);
        return false;
    }

    private async Task KeepAsync(string table, int days, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            var dropped = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                "select keep_partitions(@table, @MonthsAhead, @Keep)",
                new { table, MonthsAhead, Keep = TimeSpan.FromDays(days) },
                cancellationToken: cancellationToken));
            if (dropped > 0)
            {
                LogDropped(logger, dropped, table);
            }
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            LogHeld(logger, table);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Dropped {Count} months of {Table}")]
    private static partial void LogDropped(ILogger logger, int count, string table);

    [LoggerMessage(Level = LogLevel.Information, Message = "Somebody holds {Table}: its months are seen to later")]
    private static partial void LogHeld(ILogger logger, string table);
}
