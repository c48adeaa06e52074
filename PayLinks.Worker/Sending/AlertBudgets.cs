using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Worker.Sending;

/// <summary>
/// Tells merchants by email, once a day, that four fifths of the day's texts are used. That they were told and the
/// message are written together, so that it is neither lost nor sent twice.
/// </summary>
internal sealed class AlertBudgets(
    NpgsqlDataSource database, Vault vault, PayLinksOptions options, SendingMetrics metrics, Wakeups wakeups) : IJob
{
    private const int BatchMax = 50;

    private const string FindSql = "select merchant_id, day from budgets_to_alert(@BatchMax)";

    // A message belongs to a link: the one whose text came last, which is about the one that crossed the mark.
    private const string ClaimSql =
        """
        with claimed as (
            update sms_day set alerted_at = paylinks_now()
            where merchant_id = paylinks_merchant() and day = @Day::date and alerted_at is null
            returning 1)
        select m.email, m.language, t.link_id, t.mode
        from claimed
        cross join merchant m
        cross join lateral (
            select link_id, mode from message
            where merchant_id = paylinks_merchant() and channel = 'sms'
            order by id desc
            limit 1) t
        where m.id = paylinks_merchant()
        """;

    public string Name => "alert budgets";

    public string? WokenBy => null;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Due> due;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            due = (await connection.QueryAsync<Due>(FindSql, new { BatchMax })).AsList();
        }

        foreach (var (merchantId, day) in due)
        {
            await AlertAsync(merchantId, day, cancellationToken);
        }

        return due.Count == BatchMax;
    }

    private async Task AlertAsync(Guid merchantId, string day, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(merchantId, cancellationToken);
        var told = await transaction.Connection.QuerySingleOrDefaultAsync<Told>(ClaimSql, new { Day = day });
        if (told is null)
        {
            // Another worker has told them meanwhile.
            return;
        }

        await transaction.QueueAsync(
            new NewMessage(
                told.LinkId, told.Mode, MessageChannel.Email, MessagePurpose.Notice, told.Email, told.Language,
                MessageLane.Receipt, SmsDay: day),
            vault, options);
        await transaction.CommitAsync(CancellationToken.None);
        wakeups.Work(Wakeups.Messages);
        metrics.CountBudgetAlert();
    }

    private sealed record Due(Guid MerchantId, string Day);

    private sealed record Told(string Email, string Language, Guid LinkId, string Mode);
}
