using Dapper;
using Npgsql;

namespace PayLinks.Worker.Notices;

/// <summary>Forgets posts and their answers once nobody is likely to look at them any more.</summary>
internal sealed class ForgetOldAttempts(NpgsqlDataSource database, NoticeOptions options) : IJob
{
    private const int BatchSize = 1000;

    public string Name => "forget old attempts";

    public string? WokenBy => null;

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var forgotten = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select forget_old_attempts(@OlderThan, @BatchSize)",
            new { OlderThan = TimeSpan.FromDays(options.LogDays), BatchSize },
            cancellationToken: cancellationToken));
        return forgotten == BatchSize;
    }
}
