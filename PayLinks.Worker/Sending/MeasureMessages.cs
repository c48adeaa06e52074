using Dapper;
using Npgsql;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Looks now and then how late the queue is and what is unknown, so that a look at the metrics costs nothing.
/// </summary>
internal sealed class MeasureMessages(NpgsqlDataSource database, SendingMetrics metrics) : IJob
{
    public string Name => "measure messages";

    public string? WokenBy => null;

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var oldestDue = await connection.QueryAsync<OldestDue>(new CommandDefinition(
            "select channel, lane, age from oldest_due_messages()", cancellationToken: cancellationToken));
        var unknown = await connection.QueryAsync<UnknownMessages>(new CommandDefinition(
            "select channel, messages, age from unknown_messages()", cancellationToken: cancellationToken));
        metrics.Show(oldestDue.AsList(), unknown.AsList());
        return false;
    }
}
