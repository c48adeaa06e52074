using Dapper;
using Npgsql;

namespace PayLinks.Worker.Reconciliation;

/// <summary>
/// Forgets the answers that repeated requests would have got, once the promise to repeat them has run out.
/// </summary>
internal sealed class ForgetOldAnswers(NpgsqlDataSource database, ReconciliationOptions options) : IJob
{
    private const int BatchSize = 1000;

    public string Name => "forget old answers";

    public string? WokenBy => null;

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var forgotten = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select forget_old_answers(@OlderThan, @BatchSize)",
            new { OlderThan = TimeSpan.FromDays(options.AnswerDays), BatchSize },
            cancellationToken: cancellationToken));
        return forgotten == BatchSize;
    }
}
